"""Are gradients shortened by as much as they should be?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, normal
from ..judging.judge import Array, Quantity, judged
from ..row import Row, failure
from ..sides import Side

SHAPES = ((16, 9), (16,), (1,))
ORDERS = (2.0, 1.0, np.inf, 3.0)
LONGEST = (0.5, 1e3)  # one below every norm here, one above
FEW, EACH = 4, 1.5  # roundings; the power and the root of a norm, in ulp


def compare_clip_grad_norm_(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for the norm, and for the gradients of several parameters."""
    for dtype in DTYPES:
        grads = [normal(80 + k, *shape, dtype=dtype) for k, shape in enumerate(SHAPES)]
        for order in ORDERS:
            for longest in LONGEST:
                case = f"norm_type {order:g}, max_norm {longest:g}"
                try:
                    ours = clipped(Side(minigrad), grads, longest, order)
                    theirs = clipped(Side(torch, device), grads, longest, order)
                except Exception as error:  # whatever goes wrong is what has to be reported
                    note = f"{type(error).__name__}: {error}"
                    yield failure("clip_grad_norm_", note, case=case, dtype=dtype.name)
                    continue
                seconds = time_clipping(grads, longest, order, device) if timed else None
                for key, quantity in expected(grads, longest, order).items():
                    names = ("clip_grad_norm_", case, dtype.name, key)
                    row = judged(names, ours[key], theirs[key], quantity)
                    yield timing.with_seconds(row, seconds)


def clipped(side: Side, grads: Sequence[Array], longest: float, order: float) -> dict[str, Array]:
    params = parameters(side, grads)
    norm = side.library.nn.utils.clip_grad_norm_(params, longest, norm_type=order)
    found = {f"grad_{k}": side.array(param.grad) for k, param in enumerate(params)}
    return {"norm": side.array(norm), **found}


def parameters(side: Side, grads: Sequence[Array]) -> list[Any]:
    """Parameters that have these gradients."""
    params = [side.tensor(np.zeros_like(each)).requires_grad_(True) for each in grads]
    for param, each in zip(params, grads, strict=True):
        param.grad = side.tensor(each.copy())
    return params


def time_clipping(
    grads: Sequence[Array], longest: float, order: float, device: str
) -> timing.Pair:
    """Seconds of a call, again and again: what has been clipped is measured and scaled as well."""

    def call(side: Side) -> Callable[[], Any]:
        params, clip = parameters(side, grads), side.library.nn.utils.clip_grad_norm_
        return lambda: clip(params, longest, norm_type=order)

    return timing.time_prepared(call, device)


def expected(grads: Sequence[Array], longest: float, order: float) -> dict[str, Quantity]:
    exact = [each.astype(np.longdouble) for each in grads]
    flat = np.abs(np.concatenate([each.reshape(-1) for each in exact]))
    norm = flat.max() if np.isinf(order) else (flat**order).sum() ** (1 / np.longdouble(order))
    factor = min(1, longest / (norm + np.longdouble(1e-6)))
    found = {f"grad_{k}": Quantity(each * factor, 2 * FEW) for k, each in enumerate(exact)}
    return {"norm": Quantity(np.asarray(norm), FEW * EACH), **found}
