"""The largest and the smallest along axes: values, shared gradients, positions."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from .axes import Shape, kept, reduced
from .places import places_along
from .primitive import Primitive
from .selection import zero_where_zero


class Largest(Primitive):
    """The largest over some axes, NaN if one is NaN; equal ones share the gradient.

    `shared_by_nan`: whether several NaN share it as well, or all of it becomes NaN; and whether
    the others get 0, or 0 times what arrives, which may be infinite.
    """

    backward_name = "Amax"

    def compute(self, x: Array, axes: Shape, keepdim: bool, shared_by_nan: bool) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_largest, x, axes, out)
        return out

    def gradient_x(
        self, grad: Tensor, x: Tensor, out: Tensor, axes: Shape, shared_by_nan: bool
    ) -> Tensor:
        return shared(grad, x, out, axes, shared_by_nan)


class Smallest(Primitive):
    """The smallest over some axes, NaN if one is NaN; equal ones share the gradient."""

    backward_name = "Amin"

    def compute(self, x: Array, axes: Shape, keepdim: bool, shared_by_nan: bool) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_smallest, x, axes, out)
        return out

    def gradient_x(
        self, grad: Tensor, x: Tensor, out: Tensor, axes: Shape, shared_by_nan: bool
    ) -> Tensor:
        return shared(grad, x, out, axes, shared_by_nan)


class TakeAlong(Primitive):
    """The elements at positions (..., 1, ...) along an axis, one for each row."""

    backward_name = "Gather"

    def compute(self, x: Array, positions: Array, axis: int, keepdim: bool) -> Array:
        out = empty(reduced(x.shape, (axis,), keepdim), x.dtype)
        launch(_take_along, x, positions, axis, out)
        return out

    def gradient_x(self, grad: Tensor, positions: Array, axis: int, source_shape: Shape) -> Tensor:
        rows = kept(grad, source_shape, (axis,))
        return put_along(rows, positions=positions, axis=axis, size=source_shape[axis])


class PutAlong(Primitive):
    """x (..., 1, ...) at positions along an axis of some size, and zeros elsewhere."""

    backward_name = "Scatter"

    def compute(self, x: Array, positions: Array, axis: int, size: int) -> Array:
        out = empty((*x.shape[:axis], size, *x.shape[axis + 1 :]), x.dtype)
        launch(_put_along, x, positions, axis, out)
        return out

    def gradient_x(self, grad: Tensor, positions: Array, axis: int) -> Tensor:
        return take_along(grad, positions=positions, axis=axis, keepdim=True)


def position_of_largest(x: Array, axis: int) -> Array:
    """Where along an axis the first of the largest is, (..., 1, ...); NaN counts as largest."""
    out = empty(reduced(x.shape, (axis,), True), np.int64)
    launch(_position_of_largest, x, axis, out)
    return out


def position_of_smallest(x: Array, axis: int) -> Array:
    """Where along an axis the first of the smallest is, (..., 1, ...); NaN counts as smallest."""
    out = empty(reduced(x.shape, (axis,), True), np.int64)
    launch(_position_of_smallest, x, axis, out)
    return out


def shared(grad: Tensor, x: Tensor, out: Tensor, axes: Shape, shared_by_nan: bool) -> Tensor:
    """The gradient in equal parts for the elements that equal the result."""
    result = kept(out, x.array.shape, axes)
    shares = empty(x.array.shape, x.array.dtype)
    launch(_shares, x.array, result.array, axes, shared_by_nan, shares)
    slope = kept(grad, x.array.shape, axes) * tensor_of(shares)
    return zero_where_zero(slope, shares) if shared_by_nan else slope


def _largest(x: Array, axes: Shape, out: Array) -> None:
    out[...] = x.max(axis=axes).reshape(out.shape)


def _smallest(x: Array, axes: Shape, out: Array) -> None:
    out[...] = x.min(axis=axes).reshape(out.shape)


def _shares(x: Array, result: Array, axes: Shape, shared_by_nan: bool, out: Array) -> None:
    equal = x == result
    if shared_by_nan:
        equal |= np.isnan(x) & np.isnan(result)
    if shared_by_nan:
        out.fill(0)  # also where nothing equals the result, because somebody has changed that
    places = equal if shared_by_nan else True
    with np.errstate(all="ignore"):
        count = equal.sum(axis=axes, keepdims=True)
        np.divide(equal, count, out, where=places, casting="same_kind")


def _take_along(x: Array, positions: Array, axis: int, out: Array) -> None:
    out[...] = x[places_along(positions, axis)].reshape(out.shape)


def _put_along(x: Array, positions: Array, axis: int, out: Array) -> None:
    out.fill(0)
    out[places_along(positions, axis)] = x


def _position_of_largest(x: Array, axis: int, out: Array) -> None:
    x.argmax(axis=axis, out=out, keepdims=True)


def _position_of_smallest(x: Array, axis: int, out: Array) -> None:
    x.argmin(axis=axis, out=out, keepdims=True)


largest, smallest = Largest(), Smallest()
take_along, put_along = TakeAlong(), PutAlong()
