"""Sums, products and quotients, each with its gradients next to it."""

from __future__ import annotations

import numpy as np

from .. import arrays
from ..tensor import Array, Number, Tensor
from . import of_each
from .elementwise import elementwise, quietly
from .primitive import Primitive

_add, _subtract, _multiply = quietly(np.add), quietly(np.subtract), quietly(np.multiply)
_divide, _negative, _reciprocal = quietly(np.divide), quietly(np.negative), quietly(np.reciprocal)


class Add(Primitive):
    """a + b"""

    backward_name = "Add"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_add, a, b, native=of_each.add)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_b(self, grad: Tensor) -> Tensor:
        return grad


class Subtract(Primitive):
    """a - b"""

    backward_name = "Sub"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_subtract, a, b, native=of_each.subtract)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_b(self, grad: Tensor) -> Tensor:
        return -grad


class Multiply(Primitive):
    """a · b"""

    backward_name = "Mul"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_multiply, a, b, native=of_each.multiply)

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad * b

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return grad * a


class Scale(Primitive):
    """x · factor, for a number: the graph keeps no tensor for it that could be freed."""

    backward_name = "Mul"

    def compute(self, x: Array, factor: Number) -> Array:
        return elementwise(_multiply, x, arrays.full((), x.dtype, factor), native=of_each.multiply)

    def gradient_x(self, grad: Tensor, factor: Number) -> Tensor:
        return scale(grad, factor=factor)


class Divide(Primitive):
    """a / b"""

    backward_name = "Div"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_divide, a, b, native=of_each.divide)

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad / b

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return -grad * ((a / b) / b)


class Negative(Primitive):
    """-x"""

    backward_name = "Neg"

    def compute(self, x: Array) -> Array:
        return elementwise(_negative, x, native=of_each.negative)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return -grad


class Reciprocal(Primitive):
    """1 / x"""

    backward_name = "Reciprocal"

    def compute(self, x: Array) -> Array:
        return elementwise(_reciprocal, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return -grad * (out * out)


add, subtract, multiply, divide = Add(), Subtract(), Multiply(), Divide()
scale = Scale()
negative, reciprocal = Negative(), Reciprocal()
