"""Functions of one number applied to each element, each with its gradient next to it."""

from __future__ import annotations

import numpy as np

from ..tensor import Array, Tensor
from . import of_each
from .elementwise import elementwise, quietly
from .primitive import Primitive

_sin, _cos = quietly(np.sin), quietly(np.cos)
_sqrt, _absolute = quietly(np.sqrt), quietly(np.absolute)


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
        return elementwise(_rsqrt, x, native=of_each.rsqrt)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return -0.5 * grad * (out * out * out)


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
sqrt, rsqrt, absolute = Sqrt(), Rsqrt(), Absolute()
