"""ReLU: shapes, layouts, zeros of both signs, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, extremes, sweep
from ..references import activations


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.relu(operands["x"])}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for name, x, layout in elementwise_layouts(dtype):
        yield Case(name, {"x": x}, layout=layout)
    yield Case("sweep of ±100", {"x": sweep(dtype, -100, 100)})
    yield Case("extremes", {"x": extremes(dtype)})
    yield Case("NaN in a vector", {"x": np.full(64, np.nan, dtype)})
    yield Case("NaN alone", {"x": np.full(1, np.nan, dtype)})


OPERATION = Operation(call, activations.relu, cases, elementwise=True)
