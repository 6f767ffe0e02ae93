"""What reductions do to shapes: which axes go, and how what is left stretches again."""

from __future__ import annotations

import math

from ..tensor import Tensor
from . import views

Shape = tuple[int, ...]


def reduced(shape: Shape, axes: Shape, keepdim: bool) -> Shape:
    """The shape without some axes, or with size 1 there."""
    sizes = [1 if axis in axes else size for axis, size in enumerate(shape)]
    return tuple(size for axis, size in enumerate(sizes) if keepdim or axis not in axes)


def count(shape: Shape, axes: Shape) -> float:
    """How many elements come together in one of the result's."""
    return float(math.prod(shape[axis] for axis in axes))


def kept(x: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
    """A reduction's result, or its gradient, with size 1 at the axes that were reduced."""
    shape = reduced(source_shape, axes, True)
    return x if x.array.shape == shape else views.reshape(x, shape=shape)
