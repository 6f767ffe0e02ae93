"""Batch normalisation in training: shapes, with and without scale and shift, hard columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, contiguous, normal, strided, transposed
from ..judging.judge import Array
from ..references import layers

USUAL = {"eps": 1e-5, "momentum": 0.1}
CONSTANTS = frozenset({"running_mean", "running_var"})
CONSTANT_COLUMN = (
    "a constant column, normalised, is 0; in PyTorch's float32 it is 9e-4 at 100.1, 0.03 at 1e4"
)
OVERFLOW = "the variance overflows in PyTorch's float32: zeros on the CPU, NaN on CUDA"
NO_WEIGHT = "PyTorch raises: its second derivative takes a bias without a weight for none"
ABSENT = {
    "no weight and no bias": ("weight", "bias"),
    "no weight": ("weight",),
    "no bias": ("bias",),
}


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    running_mean, running_var = operands["running_mean"].clone(), operands["running_var"].clone()
    out = library.nn.functional.batch_norm(
        operands["x"],
        running_mean,
        running_var,
        operands["weight"],
        operands["bias"],
        training=True,
        **attributes,
    )
    return {"out": out, "running_mean": running_mean, "running_var": running_var}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((32, 16), (2, 3), (100, 1), (1000, 8), (8, 3, 5), (1, 2, 7), (4, 1, 1)):
        yield make(f"x {shape}", normal(10, *shape, dtype=dtype))
    for layout in (transposed, strided):
        for shape in ((32, 16), (8, 3, 5)):
            name = f"x {shape}, {layout.__name__}"
            yield make(name, normal(11, *shape, dtype=dtype), layout=layout)
    x = normal(12, 32, 8, dtype=dtype)
    for name, absent in ABSENT.items():
        yield make(name, x, absent=absent)
    for attributes in ({"eps": 1e-5, "momentum": 1.0}, {"eps": 0.5, "momentum": 0.0}):
        name = ", ".join(f"{key} = {value}" for key, value in attributes.items())
        yield make(name, x, attributes=attributes)
    for offset in (100.0, 1e4, 1e6):
        yield make(f"mean {offset:g}", x + dtype.type(offset))
    for scale in (1e-6, 1e6):
        yield make(f"standard deviation {scale:g}", x * dtype.type(scale))
    single = dtype == np.float32
    differences = {"out": CONSTANT_COLUMN, "grad_weight": CONSTANT_COLUMN} if single else {}
    exact = frozenset({"running_mean"} if single else ())
    for constant in (0.0, 100.1, 1e4):
        column = np.full((32, 4), constant, dtype)
        known = differences if constant else {}
        yield make(f"columns of {constant:g}", column, differences=known, exact=exact)
    if single:
        known = dict.fromkeys(("out", "grad_x", "grad_weight"), OVERFLOW)
        yield make("standard deviation 1e30", x * dtype.type(1e30), differences=known)


def make(
    name: str,
    x: Array,
    *,
    attributes: Mapping[str, Any] = USUAL,
    absent: tuple[str, ...] = (),
    layout: Callable[[Array], Array] = contiguous,
    differences: Mapping[str, str] | None = None,
    exact: frozenset[str] = frozenset(),
) -> Case:
    channels, dtype = x.shape[1], x.dtype
    operands: dict[str, Array | None] = {
        "x": x,
        "weight": normal(13, channels, dtype=dtype),
        "bias": normal(14, channels, dtype=dtype),
        "running_mean": normal(15, channels, dtype=dtype),
        "running_var": np.abs(normal(16, channels, dtype=dtype)),
    }
    for each in absent:
        operands[each] = None
    refusal = NO_WEIGHT if absent == ("weight",) else ""
    return Case(name, operands, attributes, CONSTANTS, layout, exact, differences or {}, refusal)


OPERATION = Operation(call, layers.batch_norm, cases, mode="training")
