"""Sums, means and products over some axes, each with its gradient next to it."""

from __future__ import annotations

import math

import numpy as np

from .. import arrays
from ..grad_mode import mode
from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from . import adding_up, picking, views
from .axes import Shape, count, kept, reduced
from .constants import zero
from .elementwise import elementwise
from .primitive import Primitive
from .selection import where


class Sum(Primitive):
    """The sum over some axes; float32 is added up in float64."""

    backward_name = "Sum"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        dtype = np.int64 if x.dtype.kind in "biu" else x.dtype
        out = empty(reduced(x.shape, axes, keepdim), dtype)
        if _is_whole(x, axes):
            launch(adding_up.sum_of_all, x, out)
        elif (lines := _as_lines(x, axes)) is not None:
            launch(adding_up.sum_along, lines, out)
        else:
            launch(_sum, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        return views.expand(kept(grad, source_shape, axes), shape=source_shape)


class Mean(Primitive):
    """The mean over some axes, added up in float64; NaN if there is nothing to average."""

    backward_name = "Mean"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        if _is_whole(x, axes):
            launch(adding_up.mean_of_all, x, out)
        elif (lines := _as_lines(x, axes)) is not None:
            launch(adding_up.mean_along, lines, count(x.shape, axes), out)
        else:
            launch(_mean, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        # In this order, so that it has memory of its own and can be changed in place.
        whole = views.expand(kept(grad, source_shape, axes), shape=source_shape)
        return whole / count(source_shape, axes)


class Product(Primitive):
    """The product over one axis.

    The gradient is the product of all others, so it is right beside zeros; that of float32 is
    multiplied in float64. Where nothing is 0 PyTorch divides the product by the element, which for
    infinities and NaN gives NaN; so it does here. Of all elements (`whole`) and where no graph is
    made it gives zeros if two are 0, whatever the others are; so it does here, too.
    """

    backward_name = "Prod"

    def compute(self, x: Array, axis: int, keepdim: bool, whole: bool) -> Array:
        dtype = np.int64 if x.dtype.kind in "biu" else x.dtype
        out = empty(reduced(x.shape, (axis,), keepdim), dtype)
        launch(_product, x, axis, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, out: Tensor, axis: int, whole: bool) -> Tensor:
        del out  # named because PyTorch keeps it, and refuses to go on if it was changed
        others = _products_of_others(x.double().transpose(axis, -1)).transpose(axis, -1)
        if x.array.shape[axis] < 2 and x.array.all():
            others = others + 0 * x  # none are there, but PyTorch divides by x where it can
        divided = tensor_of(elementwise(_nan_where_infinite, x.array))
        slope = kept(grad, x.array.shape, (axis,)) * others.to(x.dtype) * divided
        if not whole or mode.grad_enabled:
            return slope
        constant = elementwise(_whether_two_are_zero, x.array, dtype=np.bool_)
        return where(zero(slope), slope, condition=constant)


def _products_of_others(x: Tensor) -> Tensor:
    """For each element of x (..., n) the product of all others of its row, (..., n).

    Elements are multiplied in pairs, and the others of the products are found in the same way.
    An element's others are those of its pair and its neighbour.
    """
    *rows, n = x.array.shape
    if n < 2:
        return tensor_of(arrays.full(x.array.shape, x.array.dtype, 1.0))
    if n % 2:  # a one is added, as a neighbour for the last
        one = tensor_of(arrays.full((1,), x.array.dtype, 1.0))
        beside = picking.embed(one, key=(slice(n, n + 1),), shape=(n + 1,))
        x = picking.embed(x, key=(..., slice(0, n)), shape=(*rows, n + 1)) + beside
    pairs = x.reshape(*rows, (n + 1) // 2, 2)
    neighbours = picking.slice_(pairs, key=(..., slice(None, None, -1)))
    others_of_pairs = _products_of_others(pairs[..., 0] * pairs[..., 1])
    products = others_of_pairs.unsqueeze(-1) * neighbours
    return products.reshape(x.array.shape)[..., :n]


def _is_whole(x: Array, axes: Shape) -> bool:
    """Whether all elements are added up, and lie as kernels read them."""
    return len(axes) == x.ndim and x.dtype.kind == "f" and x.size > 0 and x.flags.carray


def _as_lines(x: Array, axes: Shape) -> Array | None:
    """The axes as one, with what is before and behind, where kernels can add it up.

    Of float64 NumPy adds up pairs, and pairs of pairs, which loses less.
    """
    first = min(axes, default=0)
    neighbours = sorted(axes) == list(range(first, first + len(axes)))
    if not neighbours or x.dtype != np.float32 or not x.size or not x.flags.carray:
        return None
    last = first + len(axes)
    before, n, after = (
        math.prod(x.shape[k]) for k in (slice(first), slice(first, last), slice(last, None))
    )
    return x.reshape(before, n, after)


def _sum(x: Array, axes: Shape, out: Array) -> None:
    accumulator = np.float64 if x.dtype.kind == "f" else np.int64
    with np.errstate(all="ignore"):
        out[...] = x.sum(axis=axes, dtype=accumulator).reshape(out.shape)


def _mean(x: Array, axes: Shape, out: Array) -> None:
    with np.errstate(all="ignore"):
        total = x.sum(axis=axes, dtype=np.float64)
        out[...] = np.divide(total, count(x.shape, axes)).reshape(out.shape)


def _nan_where_infinite(x: Array, out: Array) -> None:
    """x / x, or ones if there is a 0."""
    out.fill(1)
    if x.all():
        out[~np.isfinite(x)] = np.nan


def _whether_two_are_zero(x: Array, out: Array) -> None:
    out.fill(x.size - np.count_nonzero(x) > 1)


def _product(x: Array, axis: int, out: Array) -> None:
    with np.errstate(all="ignore"):
        out[...] = x.prod(axis=axis, dtype=out.dtype).reshape(out.shape)


sum, mean, product = Sum(), Mean(), Product()
