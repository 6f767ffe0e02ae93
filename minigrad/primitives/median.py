"""What stands in the middle when elements are in order: of two, the lower; NaN if one is NaN."""

from __future__ import annotations

import numpy as np

from ..arrays import convert
from ..launch import empty, launch
from ..tensor import Array, Tensor
from .axes import reduced
from .extrema import shared
from .primitive import Primitive


class Middle(Primitive):
    """The median of all elements; those equal to it share the gradient."""

    backward_name = "Median"

    def compute(self, x: Array) -> Array:
        out = empty((), x.dtype)
        launch(_middle, x, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, out: Tensor) -> Tensor:
        return shared(grad, x, out, tuple(range(x.array.ndim)), shared_by_nan=True)


def position_of_middle(x: Array, axis: int) -> Array:
    """Where along an axis the median is, (..., 1, ...): the first NaN if there is one."""
    out = empty(reduced(x.shape, (axis,), True), np.int64)
    launch(_position_of_middle, x, axis, out)
    return out


def _middle(x: Array, out: Array) -> None:
    if not x.size:  # what PyTorch says of nothing, for whole numbers what becomes of NaN there
        convert(np.array(np.nan), out)
    elif np.isnan(x).any():
        out[...] = np.nan
    else:
        middle = (x.size - 1) // 2
        out[...] = np.partition(x, middle, axis=None)[middle]


def _position_of_middle(x: Array, axis: int, out: Array) -> None:
    middle = (x.shape[axis] - 1) // 2
    in_order = np.argsort(x, axis=axis, kind="stable").take([middle], axis)
    missing = np.isnan(x)
    first = missing.argmax(axis=axis, keepdims=True)
    out[...] = np.where(missing.any(axis=axis, keepdims=True), first, in_order)


middle = Middle()
