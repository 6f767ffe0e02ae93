"""Quotients rounded to whole numbers, and what division leaves over.

The remainder has the divisor's sign, so that x is floor(x / y) · y + remainder. Whole numbers
cannot be divided by 0; with floating point that gives infinities and NaN.
"""

from __future__ import annotations

import numpy as np

from ..tensor import Array, Tensor
from .constants import zeros_like
from .elementwise import elementwise
from .primitive import Primitive


class FloorQuotient(Primitive):
    """floor(a / b), constant in steps."""

    backward_name = "Div"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_floor_quotient, a, b)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)

    def gradient_b(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)


class TruncatedQuotient(Primitive):
    """a / b rounded towards 0, constant in steps."""

    backward_name = "Div"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_truncated_quotient, a, b)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)

    def gradient_b(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)


class Remainder(Primitive):
    """a - floor(a / b) · b"""

    backward_name = "Remainder"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_remainder, a, b)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return -grad * floor_quotient(a, b)


def _check_divisor(b: Array, out: Array) -> None:
    if b.dtype.kind in "iu" and out.size and not b.all():
        raise RuntimeError("ZeroDivisionError")


def _floor_quotient(a: Array, b: Array, out: Array) -> None:
    _check_divisor(b, out)
    with np.errstate(all="ignore"):
        np.floor_divide(a, b, out)


def _truncated_quotient(a: Array, b: Array, out: Array) -> None:
    _check_divisor(b, out)
    with np.errstate(all="ignore"):
        if a.dtype.kind == "f":
            np.trunc(np.divide(a, b), out)
        else:  # nothing is left over, so that it does not matter how it is rounded
            np.floor_divide(a - np.fmod(a, b), b, out)


def _remainder(a: Array, b: Array, out: Array) -> None:
    _check_divisor(b, out)
    with np.errstate(all="ignore"):
        np.fmod(a, b, out)  # has the sign of a
        np.add(out, b, out, where=(out != 0) & ((out < 0) != (b < 0)))


floor_quotient, truncated_quotient = FloorQuotient(), TruncatedQuotient()
remainder = Remainder()
