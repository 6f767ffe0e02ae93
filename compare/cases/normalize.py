"""normalize: norms of several kinds along every dimension, short and far vectors, layouts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import vectors

USUAL = {"p": 2.0, "dim": 1, "eps": 1e-12}
FAR = "PyTorch's squares are infinite"


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.normalize(operands["x"], **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((3, 1), (5, 7), (4, 3, 6), (2, 4001)):
        for dim in range(len(shape)):
            x = normal(60, *shape, dtype=dtype)
            yield Case(f"shape {shape}, dim {dim}", {"x": x}, {**USUAL, "dim": dim})
    for layout in LAYOUTS[1:]:
        x = normal(61, 9, 6, dtype=dtype)
        yield Case(layout.__name__, {"x": x}, USUAL, layout=layout)
    for p in (1.0, 1.5, 3.0):
        yield Case(f"p = {p}", {"x": normal(62, 5, 7, dtype=dtype)}, {**USUAL, "p": p})
    short = normal(63, 4, 3, dtype=dtype) * np.array([[1.0], [0.1], [1e-3], [1e-9]], dtype)
    yield Case("shorter than eps", {"x": short}, {**USUAL, "eps": 0.5})
    nothing = np.array([[0, 0, 0], [-0.0, 0, 1]], dtype)
    yield Case("near a kink: a vector of zeros", {"x": nothing}, USUAL)
    far = normal(64, 3, 4, dtype=dtype) * dtype.type(1e30 if dtype == np.float32 else 1e200)
    yield Case("far", {"x": far}, USUAL, differences={"out": FAR, "grad_x": FAR})


OPERATION = Operation(call, vectors.normalize, cases, fused=False)
