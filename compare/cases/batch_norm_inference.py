"""Batch normalisation in evaluation: shapes, with and without scale and shift, hard statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, normal, strided, transposed
from ..references import layers
from .batch_norm import ABSENT, make

EPS = {"eps": 1e-5}


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    out = library.nn.functional.batch_norm(
        operands["x"],
        operands["running_mean"],
        operands["running_var"],
        operands["weight"],
        operands["bias"],
        training=False,
        **attributes,
    )
    return {"out": out}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((32, 16), (1, 3), (100, 1), (8, 3, 5), (1, 2, 1)):
        yield make(f"x {shape}", normal(20, *shape, dtype=dtype), attributes=EPS)
    for layout in (transposed, strided):
        for shape in ((32, 16), (8, 3, 5)):
            name = f"x {shape}, {layout.__name__}"
            yield make(name, normal(21, *shape, dtype=dtype), attributes=EPS, layout=layout)
    x = normal(22, 32, 8, dtype=dtype)
    for name, absent in ABSENT.items():
        yield make(name, x, absent=absent, attributes=EPS)
    for eps in (0.0, 0.5):
        yield make(f"eps = {eps}", x, attributes={"eps": eps})
    yield make("x far from the statistics", x + dtype.type(1e4), attributes=EPS)
    near = make("x close to large statistics", x + dtype.type(1e4), attributes=EPS)
    near.operands["running_mean"][:] = 1e4
    yield near


OPERATION = Operation(call, layers.batch_norm_inference, cases, mode="eval")
