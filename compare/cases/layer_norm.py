"""Layer normalisation: rows of one and more dimensions, with and without scale and shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, contiguous, normal, strided, transposed
from ..judging.judge import Array
from ..references import layers

NO_WEIGHT = "PyTorch raises: its second derivative takes a bias without a weight for none"
ABSENT = {
    "no weight and no bias": ("weight", "bias"),
    "no weight": ("weight",),
    "no bias": ("bias",),
}


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    x, weight, bias = operands["x"], operands["weight"], operands["bias"]
    shape, eps = attributes["normalized_shape"], attributes["eps"]
    return {"out": library.nn.functional.layer_norm(x, shape, weight, bias, eps)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((32, 16), (3, 2), (1, 100), (8, 1000), (300, 7), (4, 3, 5), (6,)):
        yield make(f"x {shape}", normal(70, *shape, dtype=dtype))
    yield make("rows of two dimensions", normal(71, 4, 3, 5, dtype=dtype), ndim=2)
    for layout in (transposed, strided):
        x = normal(72, 8, 3, 5, dtype=dtype)
        yield make(f"x {x.shape}, {layout.__name__}", x, layout=layout)
    x = normal(73, 8, 32, dtype=dtype)
    for name, absent in ABSENT.items():
        yield make(name, x, absent=absent)
    yield make("eps = 0.5", x, eps=0.5)
    for offset in (100.0, 1e4, 1e6):
        yield make(f"mean {offset:g}", x + dtype.type(offset))
    for scale in (1e-6, 1e6):
        yield make(f"standard deviation {scale:g}", x * dtype.type(scale))
    for constant in (0.0, 100.1, 1e4):
        yield make(f"rows of {constant:g}", np.full((4, 32), constant, dtype))


def make(
    name: str,
    x: Array,
    *,
    ndim: int = 1,
    eps: float = 1e-5,
    absent: tuple[str, ...] = (),
    layout: Callable[[Array], Array] = contiguous,
) -> Case:
    row, dtype = x.shape[x.ndim - ndim :], x.dtype
    operands: dict[str, Array | None] = {
        "x": x,
        "weight": normal(74, *row, dtype=dtype),
        "bias": normal(75, *row, dtype=dtype),
    }
    for each in absent:
        operands[each] = None
    attributes = {"normalized_shape": row, "eps": eps}
    refusal = NO_WEIGHT if absent == ("weight",) else ""
    return Case(name, operands, attributes, layout=layout, refusal=refusal)


OPERATION = Operation(call, layers.layer_norm, cases)
