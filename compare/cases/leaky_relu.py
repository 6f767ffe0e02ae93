"""Leaky ReLU: slopes of every sign, zeros of both signs, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations

SLOPES = (0.01, 0.2, 0.0, 1.0, -0.5, 3.0)


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.leaky_relu(operands["x"], **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    usual = {"negative_slope": 0.01}
    for name, x, layout in elementwise_layouts(dtype):
        yield Case(name, {"x": x}, usual, layout=layout)
    for slope in SLOPES:
        attributes = {"negative_slope": slope}
        yield Case(f"slope {slope}, sweep of ±100", {"x": sweep(dtype, -100, 100)}, attributes)
        yield Case(f"slope {slope}, extremes", {"x": extremes(dtype)}, attributes)
    yield Case("NaN in a vector", {"x": np.full(64, np.nan, dtype)}, usual)
    yield Case("NaN alone", {"x": np.full(1, np.nan, dtype)}, usual)


OPERATION = Operation(call, activations.leaky_relu, cases, elementwise=True)
