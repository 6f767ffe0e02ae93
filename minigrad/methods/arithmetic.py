"""Tensors add, multiply and divide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Number, Operand, Tensor


class Arithmetic:
    """Operators, and the functions of `functions.arithmetic` and `.products`."""

    __slots__ = ()

    def __add__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.add(self, other)

    def __sub__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.subtract(self, other)

    def __rsub__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.subtract(other, self, named="RsubBackward1")

    def __mul__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.multiply(self, other)

    def __truediv__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.divide(self, other)

    def __rtruediv__(self: Tensor, other: Operand) -> Tensor:
        return functions.arithmetic.divide(other, self)

    def __pow__(self: Tensor, exponent: Number) -> Tensor:
        return functions.arithmetic.power(self, exponent)

    def __matmul__(self: Tensor, other: Tensor) -> Tensor:
        return functions.products.matmul(self, other)

    def __neg__(self: Tensor) -> Tensor:
        return functions.arithmetic.negative(self)

    __radd__ = __add__
    __rmul__ = __mul__
