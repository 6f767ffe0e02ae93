"""cosine_similarity: along every dimension, vectors that are alike, opposite, short and far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import vectors
from .normalize import FAR

USUAL = {"dim": 1, "eps": 1e-8}


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.cosine_similarity(*operands.values(), **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for shape in ((3, 1), (5, 7), (4, 3, 6), (2, 4001)):
        for dim in range(len(shape)):
            x1, x2 = (normal(seed, *shape, dtype=dtype) for seed in (70, 71))
            attributes = {**USUAL, "dim": dim}
            yield Case(f"shape {shape}, dim {dim}", {"x1": x1, "x2": x2}, attributes)
    x1, x2 = (normal(seed, 9, 6, dtype=dtype) for seed in (72, 73))
    for layout in LAYOUTS[1:]:
        yield Case(layout.__name__, {"x1": x1, "x2": x2}, USUAL, layout=layout)
    for factor in (1, -3):
        yield Case(
            f"as close as can be, times {factor}", {"x1": x1, "x2": x1 * dtype.type(factor)}, USUAL
        )
    # More than gradients of gradients are asked of: what is given is not the slope there.
    short, other = (normal(seed, 60, 6, dtype=dtype) for seed in (74, 75))
    short *= np.geomspace(1, 1e-9, 60)[:, None].astype(dtype)
    yield Case("shorter than eps", {"x1": short, "x2": other}, {**USUAL, "eps": 0.5})
    yield Case("zeros", {"x1": 0 * short, "x2": other}, USUAL)
    far = short * dtype.type(1e30 if dtype == np.float32 else 1e200)
    known = dict.fromkeys(("out", "grad_x1", "grad_x2"), FAR)
    yield Case("far", {"x1": far, "x2": other}, USUAL, differences=known)


OPERATION = Operation(call, vectors.cosine_similarity, cases, fused=False)
