"""Choosing between tensors, element by element."""

from __future__ import annotations

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import empty, launch
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor, tensor_of
from . import comparing
from .constants import zero
from .elementwise import elementwise, quietly
from .operands import for_kernels
from .primitive import Primitive

_maximum, _minimum = quietly(np.maximum), quietly(np.minimum)


def larger(a: Array, b: Array, out: Array) -> None:
    """The larger of two, the first of equal ones, which 0 and -0 are: NumPy gives the second."""
    _maximum(b, a, out)


def smaller(a: Array, b: Array, out: Array) -> None:
    """The smaller of two, the first of equal ones."""
    _minimum(b, a, out)


class Where(Primitive):
    """a where the condition holds, else b. The condition is an attribute: an array of bool."""

    backward_name = "Where"

    def compute(self, a: Array, b: Array, condition: Array) -> Array:
        shape = broadcast_shape(condition.shape, broadcast_shape(a.shape, b.shape))
        out = empty_in_order(shape, a.dtype, condition, a, b)
        ready = condition.shape == shape and condition.flags.carray and out.flags.carray
        given = for_kernels((a, b), shape) if ready else None
        if given is not None:
            launch(comparing.choose, *given, condition, out)
        else:
            launch(_where, condition, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, condition: Array) -> Tensor:
        return where(grad, zero(grad), condition=condition)

    def gradient_b(self, grad: Tensor, condition: Array) -> Tensor:
        return where(zero(grad), grad, condition=condition)


class MaskedFill(Where):
    """The same, contiguous in whatever order the operands lie."""

    backward_name = "MaskedFill"

    def compute(self, a: Array, b: Array, condition: Array) -> Array:
        out = empty(broadcast_shape(condition.shape, b.shape), b.dtype)
        launch(_where, condition, a, b, out)
        return out


class Maximum(Primitive):
    """The larger of two, NaN if one is; equal ones share the gradient."""

    backward_name = "Maximum"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(larger, a, b, native=comparing.larger)

    def gradient_a(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return _to_the_larger(grad, a, b)

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return _to_the_larger(grad, b, a)


class Minimum(Primitive):
    """The smaller of two, NaN if one is; equal ones share the gradient."""

    backward_name = "Minimum"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(smaller, a, b, native=comparing.smaller)

    def gradient_a(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return _to_the_larger(grad, -a, -b)

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return _to_the_larger(grad, -b, -a)


def zero_where_zero(value: Tensor, of: Array) -> Tensor:
    """A value, but 0 where elements of an array are 0: there it may be NaN or infinite."""
    return where(zero(value), value, condition=elementwise(_is_zero, of, dtype=np.bool_))


def _to_the_larger(grad: Tensor, one: Tensor, other: Tensor) -> Tensor:
    """What of a gradient `one` gets: all, half where the two are equal, nothing where smaller."""
    share = tensor_of(elementwise(_share, one.array, other.array))
    less = comparing.less
    smaller = elementwise(np.less, one.array, other.array, dtype=np.bool_, native=less)
    return where(zero(grad), grad * share, condition=smaller)


def _where(condition: Array, a: Array, b: Array, out: Array) -> None:
    np.copyto(out, b)
    np.copyto(out, a, where=condition)


def _is_zero(x: Array, out: Array) -> None:
    np.equal(x, 0, out)


def _share(one: Array, other: Array, out: Array) -> None:
    np.copyto(out, 1.0)
    np.copyto(out, 0.5, where=one == other)


where, masked_fill, maximum, minimum = Where(), MaskedFill(), Maximum(), Minimum()
