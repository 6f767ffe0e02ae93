"""lerp: by a number and by tensors, from both ends and beyond them, in place, far ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation, elementwise_layouts, normal
from ..references import vectors

WEIGHTS = (0.0, 0.25, 0.3, 0.5, 0.9, 1.0, -0.5, 2.5)
FAR = "PyTorch's way from one number to the other leaves float32"


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    start, end, weight = operands.values()
    weight = attributes["weight"] if weight is None else weight
    if attributes.get("in_place"):
        return {"out": start.clone().lerp_(end, weight)}
    return {"out": library.lerp(start, end, weight)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for name, start, layout in elementwise_layouts(dtype):
        end, between = normal(50, *start.shape, dtype=dtype), normal(51, *start.shape, dtype=dtype)
        operands = {"start": start, "end": end, "weight": None}
        yield Case(name, operands, {"weight": 0.3}, layout=layout)
        by_tensor = {**operands, "weight": between}
        yield Case(f"{name}, by a tensor", by_tensor, layout=layout)
    start, end = normal(52, 6, 7, dtype=dtype), normal(53, 6, 7, dtype=dtype)
    for weight in WEIGHTS:
        for in_place in (False, True):
            name = f"{weight}{' in place' if in_place else ''}"
            operands = {"start": start, "end": end, "weight": None}
            yield Case(name, operands, {"weight": weight, "in_place": in_place})
    ends = {
        "start": np.array([3e38, -1.0, 2.0], dtype),
        "end": np.array([-3e38, 3e38, 5.0], dtype),
    }
    known = {"out": FAR} if dtype == np.float32 else {}
    for weight in (0.25, 0.9):
        name = f"far ends, {weight}"
        yield Case(name, {**ends, "weight": None}, {"weight": weight}, differences=known)
    close = normal(54, 64, dtype=dtype)
    operands = {"start": close, "end": np.nextafter(close, dtype.type(np.inf)), "weight": None}
    yield Case("ends next to each other", operands, {"weight": 0.3})


OPERATION = Operation(call, vectors.lerp, cases, fused=False)
