"""Softmax: every dimension, long lines, far apart and large scores, NaN, infinities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import softmax


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.softmax(operands["x"], **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((1,), (7,), (33, 5), (4, 3, 6), (2, 1, 3, 5), (0, 3), (3, 0)):
        for dim in range(len(shape)):
            x = normal(50, *shape, dtype=dtype)
            yield Case(f"shape {shape}, dimension {dim}", {"x": x}, {"dim": dim})
    for layout in LAYOUTS[1:]:
        for dim in (0, 1):
            x = normal(51, 17, 9, dtype=dtype)
            yield Case(
                f"{layout.__name__}, dimension {dim}", {"x": x}, {"dim": dim}, layout=layout
            )
    for scale in (1.0, 30.0, 1000.0):
        x = normal(52, 50, 400, dtype=dtype) * dtype.type(scale)
        yield Case(f"sweep of {scale} around 0", {"x": x}, {"dim": 1})
        yield Case(f"sweep of {scale} around 1000", {"x": x + dtype.type(1000)}, {"dim": 1})
    nan, inf = np.nan, np.inf
    special = [[nan, 1, 2], [inf, 1, 2], [inf, inf, 0], [-inf] * 3, [-inf, 1, 2], [0, 1, nan]]
    yield Case("extremes", {"x": np.array(special, dtype)}, {"dim": 1})
    yield Case("extremes in columns", {"x": np.array(special, dtype).T.copy()}, {"dim": 0})


OPERATION = Operation(call, softmax.softmax, cases)
