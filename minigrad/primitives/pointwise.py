"""Functions of one number applied to each element, each with its gradient next to it."""

from __future__ import annotations

import numpy as np

from ..tensor import Array, Tensor
from .elementwise import elementwise, quietly
from .primitive import Primitive

_exp, _log, _sqrt = quietly(np.exp), quietly(np.log), quietly(np.sqrt)
_absolute = quietly(np.absolute)


class Exp(Primitive):
    """e ** x"""

    backward_name = "Exp"

    def compute(self, x: Array) -> Array:
        return elementwise(_exp, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad * out


class Log(Primitive):
    """The natural logarithm; -inf at 0, NaN below."""

    backward_name = "Log"

    def compute(self, x: Array) -> Array:
        return elementwise(_log, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / x


class Sqrt(Primitive):
    """The square root; its gradient at 0 is infinite."""

    backward_name = "Sqrt"

    def compute(self, x: Array) -> Array:
        return elementwise(_sqrt, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad / (2.0 * out)


class Absolute(Primitive):
    """|x|, with gradient 0 at 0."""

    backward_name = "Abs"

    def compute(self, x: Array) -> Array:
        return elementwise(_absolute, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad * Tensor(elementwise(np.sign, x.array))


exp, log, sqrt, absolute = Exp(), Log(), Sqrt(), Absolute()
