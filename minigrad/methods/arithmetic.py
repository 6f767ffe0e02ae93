"""Tensors add, multiply, divide, and are raised to powers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import functions
from ..functions.sizes import NOT_GIVEN
from .operands import is_operand

if TYPE_CHECKING:
    from ..tensor import Number, Operand, Tensor


class Arithmetic:
    """Operators, and the functions of `functions.addition`, `.arithmetic` and `.powers`."""

    __slots__ = ()

    def __add__(self: Tensor, other: Any) -> Tensor:
        return functions.addition.add(self, other) if is_operand(other) else NotImplemented

    def __sub__(self: Tensor, other: Any) -> Tensor:
        return functions.addition.sub(self, other) if is_operand(other) else NotImplemented

    def __rsub__(self: Tensor, other: Any) -> Tensor:
        return functions.addition.rsub(self, other) if is_operand(other) else NotImplemented

    def __mul__(self: Tensor, other: Any) -> Tensor:
        return functions.arithmetic.mul(self, other) if is_operand(other) else NotImplemented

    def __truediv__(self: Tensor, other: Any) -> Tensor:
        return functions.arithmetic.div(self, other) if is_operand(other) else NotImplemented

    def __rtruediv__(self: Tensor, other: Any) -> Tensor:
        inverse = functions.arithmetic.reciprocal(self)
        if isinstance(other, np.ndarray):  # with which NumPy goes on
            return inverse * other
        return functions.arithmetic.mul(inverse, other) if is_operand(other) else NotImplemented

    def __floordiv__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.arithmetic.floor_divide(self, other)

    def __rfloordiv__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.arithmetic.floor_divide(other, self)

    def __mod__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.arithmetic.remainder(self, other)

    def __rmod__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.arithmetic.remainder(other, self)

    def __pow__(self: Tensor, exponent: Any) -> Tensor:
        return functions.powers.pow(self, exponent) if is_operand(exponent) else NotImplemented

    def __rpow__(self: Tensor, base: Any) -> Tensor:
        return functions.powers.pow(base, self) if is_operand(base) else NotImplemented

    def __neg__(self: Tensor) -> Tensor:
        return functions.arithmetic.neg(self)

    def __pos__(self: Tensor) -> Tensor:
        return functions.arithmetic.positive(self)

    def add(self: Tensor, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
        """See `minigrad.add`."""
        return functions.addition.add(self, other, *last, alpha=alpha)

    def sub(self: Tensor, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
        """See `minigrad.sub`."""
        return functions.addition.sub(self, other, *last, alpha=alpha)

    def subtract(self: Tensor, other: Operand, *last: Number, alpha: Number = NOT_GIVEN) -> Tensor:
        """See `minigrad.subtract`."""
        return functions.addition.subtract(self, other, *last, alpha=alpha)

    def mul(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.mul`."""
        return functions.arithmetic.mul(self, other)

    def div(self: Tensor, other: Operand, *, rounding_mode: str | None = NOT_GIVEN) -> Tensor:
        """See `minigrad.div`."""
        return functions.arithmetic.div(self, other, rounding_mode=rounding_mode)

    def true_divide(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.true_divide`."""
        return functions.arithmetic.true_divide(self, other)

    def floor_divide(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.floor_divide`."""
        return functions.arithmetic.floor_divide(self, other)

    def remainder(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.remainder`."""
        return functions.arithmetic.remainder(self, other)

    def addcmul(
        self: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
    ) -> Tensor:
        """See `minigrad.addcmul`."""
        return functions.adding_products.addcmul(self, tensor1, tensor2, *last, value=value)

    def addcdiv(
        self: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
    ) -> Tensor:
        """See `minigrad.addcdiv`."""
        return functions.adding_products.addcdiv(self, tensor1, tensor2, *last, value=value)

    def lerp(self: Tensor, end: Tensor, weight: Number | Tensor) -> Tensor:
        """See `minigrad.lerp`."""
        return functions.interpolation.lerp(self, end, weight)

    def pow(self: Tensor, exponent: Operand) -> Tensor:
        """See `minigrad.pow`."""
        return functions.powers.pow(self, exponent)

    def square(self: Tensor) -> Tensor:
        """See `minigrad.square`."""
        return functions.powers.square(self)

    def reciprocal(self: Tensor) -> Tensor:
        """See `minigrad.reciprocal`."""
        return functions.arithmetic.reciprocal(self)

    def neg(self: Tensor) -> Tensor:
        """See `minigrad.neg`."""
        return functions.arithmetic.neg(self)

    def positive(self: Tensor) -> Tensor:
        """See `minigrad.positive`."""
        return functions.arithmetic.positive(self)

    __radd__ = __add__
    __rmul__ = __mul__
    multiply, divide, negative = mul, div, neg
