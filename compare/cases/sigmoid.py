"""Sigmoid: the range in which it moves, the ends where it saturates, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations

FLUSHED = "PyTorch's float32 is 0 from -88.73 on, where the value is still a subnormal number"


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.sigmoid(operands["x"])}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for name, x, layout in elementwise_layouts(dtype):
        yield Case(name, {"x": x}, layout=layout)
    yield Case("sweep of ±87", {"x": sweep(dtype, -87, 87)})
    yield Case("extremes", {"x": extremes(dtype)})
    yield Case("NaN in a vector", {"x": np.full(64, np.nan, dtype)})
    yield Case("NaN alone", {"x": np.full(1, np.nan, dtype)})
    low, differences = (-104, {"out": FLUSHED, "grad_x": FLUSHED})
    if dtype == np.float64:
        low, differences = (-740, {})
    subnormal = np.linspace(low, low + 20, 997, dtype=dtype)
    yield Case("subnormal results", {"x": subnormal}, differences=differences)


OPERATION = Operation(call, activations.sigmoid, cases, elementwise=True)
