"""Products and quotients of two tensors, added to a third."""

from __future__ import annotations

from ..tensor import Array, Number, Tensor
from .arithmetic import add, divide, multiply, scale
from .constants import constant
from .primitive import Primitive


class Addcmul(Primitive):
    """x + value · a · b"""

    backward_name = "Addcmul"

    def compute(self, x: Array, a: Array, b: Array, value: Number) -> Array:
        return add.compute(x, multiply.compute(_times(a, value), b))

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
        return add.compute(x, divide.compute(_times(a, value), b))

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_a(self, grad: Tensor, b: Tensor, value: Number) -> Tensor:
        return grad * (constant(value, b) / b)  # in this order, as in PyTorch

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor, value: Number) -> Tensor:
        return -grad * (scale(a, factor=value) / (b * b))


def _times(a: Array, value: Number) -> Array:
    return a if value == 1 else scale.compute(a, factor=value)


addcmul, addcdiv = Addcmul(), Addcdiv()
