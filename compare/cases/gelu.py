"""GELU: exactly and by tanh, the tail to the left, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations

SLOPE = "PyTorch's gradient is NaN where x² overflows; it is 1 or 0 there"
LARGEST = "PyTorch's float32 is infinite at the largest number, and NaN at infinity"


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.gelu(operands["x"], **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for approximate in ("none", "tanh"):
        attributes = {"approximate": approximate}
        for name, x, layout in elementwise_layouts(dtype):
            yield Case(f"{approximate}, {name}", {"x": x}, attributes, layout=layout)
        yield Case(f"{approximate}, sweep of ±12", {"x": sweep(dtype, -12, 12)}, attributes)
        x, known = extremes(dtype), {}
        if approximate == "tanh":
            known = {"grad_x": SLOPE}
        elif dtype == np.float32:
            known = {"out": LARGEST}
        yield Case(f"{approximate}, extremes", {"x": x}, attributes, differences=known)
        yield Case(f"{approximate}, NaN", {"x": np.full(64, np.nan, dtype)}, attributes)


OPERATION = Operation(call, activations.gelu, cases, elementwise=True)
