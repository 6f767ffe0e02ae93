"""Functions of one number applied to each element, each with its gradient next to it."""

from __future__ import annotations

import math

import numpy as np

from ..tensor import Array, Tensor
from . import of_each
from .elementwise import elementwise, quietly
from .primitive import Primitive

_log, _log1p, _log2, _log10 = map(quietly, (np.log, np.log1p, np.log2, np.log10))
_sin, _cos = quietly(np.sin), quietly(np.cos)
_sqrt, _absolute = quietly(np.sqrt), quietly(np.absolute)


class Log(Primitive):
    """The natural logarithm; -inf at 0, NaN below."""

    backward_name = "Log"

    def compute(self, x: Array) -> Array:
        native = of_each.log if x.dtype == np.float32 else None
        return elementwise(_log, x, native=native)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / x


class Log1p(Primitive):
    """The natural logarithm of 1 + x, exact near 0."""

    backward_name = "Log1P"

    def compute(self, x: Array) -> Array:
        return elementwise(_log1p, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x + 1)


class Log2(Primitive):
    """The logarithm to base 2."""

    backward_name = "Log2"

    def compute(self, x: Array) -> Array:
        return elementwise(_log2, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x * math.log(2))


class Log10(Primitive):
    """The logarithm to base 10."""

    backward_name = "Log10"

    def compute(self, x: Array) -> Array:
        return elementwise(_log10, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x * math.log(10))


class Sqrt(Primitive):
    """The square root; its gradient at 0 is infinite."""

    backward_name = "Sqrt"

    def compute(self, x: Array) -> Array:
        return elementwise(_sqrt, x, native=of_each.sqrt)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad / (2.0 * out)


class Rsqrt(Primitive):
    """1 / sqrt(x)"""

    backward_name = "Rsqrt"

    def compute(self, x: Array) -> Array:
        return elementwise(_rsqrt, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return -0.5 * grad * out**3


class Absolute(Primitive):
    """|x|, with gradient 0 at 0."""

    backward_name = "Abs"

    def compute(self, x: Array) -> Array:
        return elementwise(_absolute, x, native=of_each.absolute)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad * x.sign()


class Sin(Primitive):
    """The sine of an angle in radians."""

    backward_name = "Sin"

    def compute(self, x: Array) -> Array:
        return elementwise(_sin, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad * x.cos()


class Cos(Primitive):
    """The cosine of an angle in radians."""

    backward_name = "Cos"

    def compute(self, x: Array) -> Array:
        return elementwise(_cos, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return -grad * x.sin()


def _rsqrt(x: Array, out: Array) -> None:
    with np.errstate(all="ignore"):
        np.reciprocal(np.sqrt(x), out)


sin, cos = Sin(), Cos()
log, log1p, log2, log10 = Log(), Log1p(), Log2(), Log10()
sqrt, rsqrt, absolute = Sqrt(), Rsqrt(), Absolute()
