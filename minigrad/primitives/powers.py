"""Powers with a number or a tensor as exponent, each with its gradients next to it."""

from __future__ import annotations

import math

import numpy as np

from .. import arrays
from ..launch import empty, launch
from ..memory_order import empty_in_order
from ..tensor import Array, Number, Tensor
from . import of_each
from .constants import zero, zeros_like
from .elementwise import elementwise, quietly
from .primitive import Primitive
from .selection import where, zero_where_zero

_positive, _square = quietly(np.positive), quietly(np.square)
_sqrt, _reciprocal = quietly(np.sqrt), quietly(np.reciprocal)
_multiply = quietly(np.multiply)


class Power(Primitive):
    """x ** exponent, for a number as exponent; x ** 0 has gradient 0 everywhere."""

    backward_name = "Pow"

    def compute(self, x: Array, exponent: Number) -> Array:
        if exponent == 1:
            return elementwise(_positive, x, native=arrays.same)
        if exponent == 2:
            return elementwise(_square, x, native=of_each.square)
        out = empty_in_order(x.shape, x.dtype, x)
        launch(_power, x, exponent, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, exponent: Number) -> Tensor:
        if exponent == 0:
            return zeros_like(grad)
        return grad * (exponent * x ** (exponent - 1))


class TensorPower(Primitive):
    """base ** exponent, element by element.

    Where the exponent is 0 the base has gradient 0, and so has the exponent where the base is 0
    and the exponent not negative. An exponent of bool has no gradient for its base, as in PyTorch,
    where 1 cannot be subtracted from it; and both gradients notice a change of the result.
    """

    backward_name = "Pow"

    def compute(self, base: Array, exponent: Array) -> Array:
        return elementwise(_tensor_power, base, exponent)

    def gradient_base(self, grad: Tensor, base: Tensor, exponent: Tensor, out: Tensor) -> Tensor:
        return zero_where_zero(grad * (exponent * base ** (exponent - 1)), exponent.array)

    def gradient_exponent(
        self, grad: Tensor, base: Tensor, exponent: Tensor, out: Tensor
    ) -> Tensor:
        constant = elementwise(_stays_zero, base.array, exponent.array, dtype=np.bool_)
        return grad * where(zero(grad), out * base.log(), condition=constant)


class PowerOf(Primitive):
    """base ** exponent, for a number as base.

    The logarithm is the number's own, which may lie beyond the exponent's dtype.
    """

    backward_name = "Pow"

    def compute(self, exponent: Array, base: Number) -> Array:
        out = empty(exponent.shape, exponent.dtype)  # contiguous, unlike those of other powers
        launch(_tensor_power, arrays.full((), exponent.dtype, base), exponent, out)
        return out

    def gradient_exponent(
        self, grad: Tensor, exponent: Tensor, out: Tensor, base: Number
    ) -> Tensor:
        if base:
            return grad * (out * (math.log(base) if base > 0 else math.nan))
        constant = elementwise(_is_not_negative, exponent.array, dtype=np.bool_)
        return grad * where(zero(grad), out * -math.inf, condition=constant)


def _power(x: Array, exponent: Number, out: Array) -> None:
    if x.dtype.kind == "f" and exponent == 0.5:
        _sqrt(x, out)  # NaN for -infinity
    elif x.dtype.kind == "f" and exponent == -0.5:
        _sqrt(x, out)
        _reciprocal(out, out)
    elif x.dtype.kind == "f" and exponent == 3:
        _square(x, out)
        _multiply(out, x, out)
    elif x.dtype.kind == "f" and exponent % 1 == 0:
        _whole_power(x, exponent, out)
    else:
        with np.errstate(all="ignore"):
            np.power(x, exponent, out)


def _whole_power(x: Array, exponent: Number, out: Array) -> None:
    """Of magnitudes: NumPy's power of a negative number takes fifty times as long."""
    with np.errstate(all="ignore"):
        np.power(np.abs(x), exponent, out)
        if x.dtype.type(exponent) % 2 == 1:
            np.copysign(out, x, out)


def _tensor_power(base: Array, exponent: Array, out: Array) -> None:
    with np.errstate(all="ignore"):
        if base.dtype.kind == "f":
            np.power(base, exponent, out)
            return
        exponent = exponent.astype(base.dtype, copy=False)  # from bool
        np.power(base, np.maximum(exponent, 0), out)
        # The reciprocal of a whole number is one itself for 1 and -1 only.
        odd = np.where(exponent % 2 == 1, base, 1)
        np.copyto(out, np.where(np.abs(base) == 1, odd, 0), where=exponent < 0)


def _is_not_negative(exponent: Array, out: Array) -> None:
    np.greater_equal(exponent, 0, out)


def _stays_zero(base: Array, exponent: Array, out: Array) -> None:
    np.logical_and(base == 0, exponent >= 0, out)


power, tensor_power, power_of = Power(), TensorPower(), PowerOf()
