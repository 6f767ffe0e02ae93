"""ELU: alphas of every sign, zeros of both signs, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations

ALPHAS = (1.0, 0.5, 0.7, 0.0, -1.0, -1.3, 20.0)
NAN = "the gradient at NaN is 1 in PyTorch's scalar code, NaN in its vector code"


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.elu(operands["x"], attributes["alpha"])}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    usual = {"alpha": 1.0}
    for name, x, layout in elementwise_layouts(dtype):
        yield Case(name, {"x": x}, usual, layout=layout)
    for alpha in ALPHAS:
        attributes = {"alpha": alpha}
        yield Case(f"alpha = {alpha}, sweep of ±100", {"x": sweep(dtype, -100, 100)}, attributes)
        yield Case(f"alpha = {alpha}, extremes", {"x": extremes(dtype)}, attributes)
    yield Case("NaN in a vector", {"x": np.full(64, np.nan, dtype)}, usual)
    yield Case("NaN alone", {"x": np.full(1, np.nan, dtype)}, usual, differences={"grad_x": NAN})


OPERATION = Operation(call, activations.elu, cases, elementwise=True)
