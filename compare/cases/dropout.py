"""Dropout: probabilities, zeros of both signs, infinities; what is drawn is PyTorch's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, extremes, normal, strided, transposed
from ..references import layers

PROBABILITIES = (0.5, 0.1, 0.3, 0.9, 0.999)
OTHER = "PyTorch draws from another generator on CUDA and on processors of Intel's"
DRAWN = {"out": OTHER, "grad_x": OTHER}


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    library.manual_seed(attributes["seed"])
    return {"out": library.nn.functional.dropout(operands["x"], attributes["p"])}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for seed, shape in enumerate(((), (1,), (7,), (33, 5), (4, 3, 6), (20011,))):
        attributes = {"p": 0.5, "seed": seed}
        x = normal(60, *shape, dtype=dtype)
        yield Case(f"shape {shape}", {"x": x}, attributes, differences=DRAWN)
    for layout in (transposed, strided):
        attributes = {"p": 0.5, "seed": 6, "transposed": layout is transposed}
        operands = {"x": normal(62, 17, 9, dtype=dtype)}
        name = f"shape (17, 9), {layout.__name__}"
        yield Case(name, operands, attributes, layout=layout, differences=DRAWN)
    for p in PROBABILITIES:
        attributes = {"p": p, "seed": 5}
        x = normal(61, 300, 7, dtype=dtype)
        yield Case(f"p = {p}", {"x": x}, attributes, differences=DRAWN)
        yield Case(f"p = {p}, extremes", {"x": extremes(dtype)}, attributes, differences=DRAWN)


OPERATION = Operation(call, layers.dropout, cases, elementwise=True, mode="training")
