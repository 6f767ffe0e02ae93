"""Running sums along an axis."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor
from .primitive import Primitive


class CumulativeSum(Primitive):
    """The sum of all elements up to each one, or with `from_end` from each one on."""

    backward_name = "Cumsum"

    def compute(self, x: Array, axis: int, from_end: bool) -> Array:
        dtype = np.int64 if x.dtype.kind in "biu" else x.dtype
        out = empty(x.shape, dtype)
        launch(_cumulative_sum, x, axis, from_end, out)
        return out

    def gradient_x(self, grad: Tensor, axis: int, from_end: bool) -> Tensor:
        return cumulative_sum(grad, axis=axis, from_end=not from_end)


def _cumulative_sum(x: Array, axis: int, from_end: bool, out: Array) -> None:
    """Added up in float64 and rounded once, as sums are."""
    accumulator = np.float64 if x.dtype.kind == "f" else np.int64
    source, target = np.atleast_1d(x), np.atleast_1d(out)  # without dimensions: one in a row
    if from_end:
        source, target = np.flip(source, axis), np.flip(target, axis)
    with np.errstate(all="ignore"):
        target[...] = np.cumsum(source, axis=axis, dtype=accumulator)


cumulative_sum = CumulativeSum()
