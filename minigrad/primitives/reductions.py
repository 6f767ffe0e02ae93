"""Sums and means over some axes, each with its gradient next to it."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor
from . import views
from .primitive import Primitive

Shape = tuple[int, ...]


class Sum(Primitive):
    """The sum over some axes; float32 is added up in float64."""

    backward_name = "Sum"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        dtype = np.int64 if x.dtype.kind in "bi" else x.dtype
        out = empty(_reduced(x.shape, axes, keepdim), dtype)
        launch(_sum, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        kept = views.reshape(grad, shape=_reduced(source_shape, axes, True))
        return views.expand(kept, shape=source_shape)


class Mean(Primitive):
    """The mean over some axes, added up in float64; NaN if there is nothing to average."""

    backward_name = "Mean"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        out = empty(_reduced(x.shape, axes, keepdim), x.dtype)
        launch(_mean, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        kept = views.reshape(grad, shape=_reduced(source_shape, axes, True))
        return views.expand(kept / _count(source_shape, axes), shape=source_shape)


def _reduced(shape: Shape, axes: Shape, keepdim: bool) -> Shape:
    sizes = [1 if axis in axes else size for axis, size in enumerate(shape)]
    return tuple(size for axis, size in enumerate(sizes) if keepdim or axis not in axes)


def _count(shape: Shape, axes: Shape) -> float:
    return float(np.prod([shape[axis] for axis in axes]))


def _sum(x: Array, axes: Shape, out: Array) -> None:
    accumulator = np.float64 if x.dtype.kind == "f" else np.int64
    with np.errstate(all="ignore"):
        out[...] = x.sum(axis=axes, dtype=accumulator).reshape(out.shape)


def _mean(x: Array, axes: Shape, out: Array) -> None:
    with np.errstate(all="ignore"):
        total = x.sum(axis=axes, dtype=np.float64)
        out[...] = np.divide(total, _count(x.shape, axes)).reshape(out.shape)


sum, mean = Sum(), Mean()
