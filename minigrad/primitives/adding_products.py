"""Products and quotients of two tensors, added to a third."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..tensor import Array, Number, Tensor
from . import of_each
from .arithmetic import divide, multiply, scale
from .constants import constant
from .elementwise import elementwise, quietly
from .primitive import Primitive

_add = quietly(np.add)


class Addcmul(Primitive):
    """x + value · a · b"""

    backward_name = "Addcmul"

    def compute(self, x: Array, a: Array, b: Array, value: Number) -> Array:
        return _added(x, multiply.compute(_times(a, value), b), (x, a, b))

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_a(self, grad: Tensor, b: Tensor, value: Number) -> Tensor:
        return grad * scale(b, factor=value)

    def gradient_b(self, grad: Tensor, a: Tensor, value: Number) -> Tensor:
        return grad * scale(a, factor=value)


class Addcdiv(Primitive):
    """x + value · a / b"""

    backward_name = "Addcdiv"

    def compute(self, x: Array, a: Array, b: Array, value: Number) -> Array:
        return _added(x, divide.compute(_times(a, value), b), (x, a, b))

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_a(self, grad: Tensor, b: Tensor, value: Number) -> Tensor:
        return grad * (constant(value, b) / b)  # in this order, as in PyTorch

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor, value: Number) -> Tensor:
        return -grad * (scale(a, factor=value) / (b * b))


def _times(a: Array, value: Number) -> Array:
    return a if value == 1 else scale.compute(a, factor=value)


def _added(x: Array, term: Array, operands: Sequence[Array]) -> Array:
    """The sum, in memory in the order of all operands, where two after two may give another."""
    return elementwise(_add, x, term, native=of_each.add, follows=operands)


addcmul, addcdiv = Addcmul(), Addcdiv()
