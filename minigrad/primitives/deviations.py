"""Variances and standard deviations over some axes, each with its gradient next to it.

Both divide by the number of elements less a correction; if nothing is left, by 0. They are
computed in float64 and rounded once.
"""

from __future__ import annotations

import math

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from . import reductions
from .axes import Shape, count, kept, reduced
from .elementwise import elementwise
from .primitive import Primitive
from .selection import zero_where_zero


class Variance(Primitive):
    """The mean squared distance from the mean."""

    backward_name = "Var"

    def compute(
        self, x: Array, axes: Shape, keepdim: bool, correction: float, whole: bool
    ) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_variance, x, axes, correction, out)
        return out

    def gradient_x(
        self, grad: Tensor, x: Tensor, axes: Shape, correction: float, whole: bool
    ) -> Tensor:
        return _gradient_of_variance(grad, x, axes, correction, whole)


class Deviation(Primitive):
    """The square root of the variance; where that is 0, so is the gradient."""

    backward_name = "Std"

    def compute(
        self, x: Array, axes: Shape, keepdim: bool, correction: float, whole: bool
    ) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_deviation, x, axes, correction, out)
        return out

    def gradient_x(
        self, grad: Tensor, x: Tensor, out: Tensor, axes: Shape, correction: float, whole: bool
    ) -> Tensor:
        of_variance = zero_where_zero(grad / (out * 2), out.array)
        return _gradient_of_variance(of_variance, x, axes, correction, whole)


def _gradient_of_variance(
    grad: Tensor, x: Tensor, axes: Shape, correction: float, whole: bool
) -> Tensor:
    """2 (x - mean) / (count - correction); `whole` says that no axes were named."""
    grad = kept(grad, x.array.shape, axes)
    freedom = count(x.array.shape, axes) - correction
    mean = reductions.mean(x, axes=axes, keepdim=True)
    if whole and freedom <= 0:
        slopes = elementwise(_infinite_slope, x.array, mean.array)
        return grad * tensor_of(slopes)
    return (2.0 / freedom if freedom else math.inf) * grad * (x - mean)


def _infinite_slope(x: Array, mean: Array, out: Array) -> None:
    np.copyto(out, np.where(x == mean, np.nan, np.inf))


def _variance(x: Array, axes: Shape, correction: float, out: Array) -> None:
    with np.errstate(all="ignore"):
        out[...] = _wide_variance(x, axes, correction).reshape(out.shape)


def _deviation(x: Array, axes: Shape, correction: float, out: Array) -> None:
    with np.errstate(all="ignore"):
        out[...] = np.sqrt(_wide_variance(x, axes, correction)).reshape(out.shape)


def _wide_variance(x: Array, axes: Shape, correction: float) -> Array:
    """In two passes: the squares are those of distances from the mean."""
    number = count(x.shape, axes)
    with np.errstate(all="ignore"):
        mean = np.divide(x.sum(axis=axes, dtype=np.float64, keepdims=True), number)
        squares = np.square(x - mean).sum(axis=axes)
        return np.asarray(np.divide(squares, max(number - correction, 0.0) if number else 0.0))


variance, deviation = Variance(), Deviation()
