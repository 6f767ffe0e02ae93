"""Linear: with and without bias, frozen parameters, products by loops and by BLAS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ..case import Case, Operation, contiguous, normal, strided, transposed
from ..judging.judge import Array
from ..references import layers

SIZES = (  # shape of x, features out
    ((32, 9), 16),
    ((32, 16), 8),
    ((32, 8), 1),
    ((1, 1), 1),
    ((5,), 3),
    ((4, 6, 7), 5),
    ((2, 3, 4, 5), 2),
    ((64, 40), 33),
    ((130, 64), 48),
    ((3, 4000), 7),
)


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.linear(*operands.values())}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape, features in SIZES:
        for with_bias in (True, False):
            yield make(dtype, shape, features, with_bias, contiguous)
    for frozen in (("x",), ("weight",), ("bias",), ("x", "weight"), ("weight", "bias")):
        case = make(dtype, (32, 9), 16, True, contiguous)
        name = f"{case.name}, no gradient of {' and '.join(frozen)}"
        yield replace(case, name=name, constants=frozenset(frozen))
    for layout in (transposed, strided):
        for shape, features in ((32, 9), 16), ((4, 6, 7), 5), ((130, 64), 48):
            yield make(dtype, shape, features, True, layout)


def make(
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    features: int,
    with_bias: bool,
    layout: Callable[[Array], Array],
) -> Case:
    operands = {
        "x": normal(5, *shape, dtype=dtype),
        "weight": normal(6, features, shape[-1], dtype=dtype),
        "bias": normal(7, features, dtype=dtype) if with_bias else None,
    }
    name = f"x {shape}, weight {(features, shape[-1])}"
    name += "" if with_bias else ", no bias"
    name += "" if layout is contiguous else f", {layout.__name__}"
    return Case(name, operands, layout=layout)


OPERATION = Operation(call, layers.linear, cases)
