"""Softplus: sharp and soft bends, thresholds, the tail to the left, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations

SETTINGS = ((1.0, 20.0), (0.5, 20.0), (3.0, 20.0), (1.0, 1.0), (2.0, -1.0), (-1.5, 20.0))


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.softplus(operands["x"], **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    usual = {"beta": 1.0, "threshold": 20.0}
    for name, x, layout in elementwise_layouts(dtype):
        yield Case(name, {"x": x}, usual, layout=layout)
    for beta, threshold in SETTINGS:
        attributes = {"beta": beta, "threshold": threshold}
        name = f"beta {beta}, threshold {threshold}"
        yield Case(f"{name}, sweep of ±25", {"x": sweep(dtype, -25, 25)}, attributes)
        yield Case(f"{name}, extremes", {"x": extremes(dtype)}, attributes)
    yield Case("NaN in a vector", {"x": np.full(64, np.nan, dtype)}, usual)
    yield Case("NaN alone", {"x": np.full(1, np.nan, dtype)}, usual)


OPERATION = Operation(call, activations.softplus, cases, elementwise=True)
