"""Tensors of truth values and of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions
from .operands import is_operand

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Logic:
    """Operators, and the functions of `functions.logic`; in place where a name ends in `_`."""

    __slots__ = ()

    def __and__(self: Tensor, other: Any) -> Tensor:
        return functions.logic.bitwise_and(self, other) if is_operand(other) else NotImplemented

    def __or__(self: Tensor, other: Any) -> Tensor:
        return functions.logic.bitwise_or(self, other) if is_operand(other) else NotImplemented

    def __xor__(self: Tensor, other: Any) -> Tensor:
        return functions.logic.bitwise_xor(self, other) if is_operand(other) else NotImplemented

    def __lshift__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.logic.bitwise_left_shift(self, other)

    def __rlshift__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.logic.bitwise_left_shift(other, self)

    def __rshift__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.logic.bitwise_right_shift(self, other)

    def __rrshift__(self: Tensor, other: Any) -> Tensor:
        if not is_operand(other):
            return NotImplemented
        return functions.logic.bitwise_right_shift(other, self)

    def __invert__(self: Tensor) -> Tensor:
        if self.array.dtype.kind == "f":
            raise TypeError(
                "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
            )
        return functions.logic.bitwise_not(self)

    def logical_and(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.logical_and`."""
        return functions.logic.logical_and(self, other)

    def logical_or(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.logical_or`."""
        return functions.logic.logical_or(self, other)

    def logical_xor(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.logical_xor`."""
        return functions.logic.logical_xor(self, other)

    def logical_not(self: Tensor) -> Tensor:
        """See `minigrad.logical_not`."""
        return functions.logic.logical_not(self)

    def bitwise_and(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.bitwise_and`."""
        return functions.logic.bitwise_and(self, other)

    def bitwise_or(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.bitwise_or`."""
        return functions.logic.bitwise_or(self, other)

    def bitwise_xor(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.bitwise_xor`."""
        return functions.logic.bitwise_xor(self, other)

    def bitwise_not(self: Tensor) -> Tensor:
        """See `minigrad.bitwise_not`."""
        return functions.logic.bitwise_not(self)

    def bitwise_left_shift(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.bitwise_left_shift`."""
        return functions.logic.bitwise_left_shift(self, other)

    def bitwise_right_shift(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.bitwise_right_shift`."""
        return functions.logic.bitwise_right_shift(self, other)

    def logical_and_(self: Tensor, other: Tensor) -> Tensor:
        """`logical_and`, in place."""
        return functions.inplace.changed_to_truth(self, functions.logic.logical_and, other)

    def logical_or_(self: Tensor, other: Tensor) -> Tensor:
        """`logical_or`, in place."""
        return functions.inplace.changed_to_truth(self, functions.logic.logical_or, other)

    def logical_xor_(self: Tensor, other: Tensor) -> Tensor:
        """`logical_xor`, in place."""
        return functions.inplace.changed_to_truth(self, functions.logic.logical_xor, other)

    def logical_not_(self: Tensor) -> Tensor:
        """`logical_not`, in place."""
        return functions.inplace.changed_to_truth(self, functions.logic.logical_not)

    def bitwise_and_(self: Tensor, other: Operand) -> Tensor:
        """`bitwise_and`, in place."""
        return functions.inplace.changed_bits(self, functions.logic.bitwise_and, other)

    def bitwise_or_(self: Tensor, other: Operand) -> Tensor:
        """`bitwise_or`, in place."""
        return functions.inplace.changed_bits(self, functions.logic.bitwise_or, other)

    def bitwise_xor_(self: Tensor, other: Operand) -> Tensor:
        """`bitwise_xor`, in place."""
        return functions.inplace.changed_bits(self, functions.logic.bitwise_xor, other)

    def bitwise_not_(self: Tensor) -> Tensor:
        """`bitwise_not`, in place."""
        return functions.inplace.changed(self, functions.logic.bitwise_not)

    def bitwise_left_shift_(self: Tensor, other: Operand) -> Tensor:
        """`bitwise_left_shift`, in place."""
        return functions.inplace.changed_bits(self, functions.logic.bitwise_left_shift, other)

    def bitwise_right_shift_(self: Tensor, other: Operand) -> Tensor:
        """`bitwise_right_shift`, in place."""
        return functions.inplace.changed_bits(self, functions.logic.bitwise_right_shift, other)

    def __iand__(self: Tensor, other: Any) -> Tensor:
        return self.bitwise_and_(other) if is_operand(other) else NotImplemented

    def __ior__(self: Tensor, other: Any) -> Tensor:
        return self.bitwise_or_(other) if is_operand(other) else NotImplemented

    def __ixor__(self: Tensor, other: Any) -> Tensor:
        return self.bitwise_xor_(other) if is_operand(other) else NotImplemented

    def __ilshift__(self: Tensor, other: Any) -> Tensor:
        return self.bitwise_left_shift_(other) if is_operand(other) else NotImplemented

    def __irshift__(self: Tensor, other: Any) -> Tensor:
        return self.bitwise_right_shift_(other) if is_operand(other) else NotImplemented

    def isnan(self: Tensor) -> Tensor:
        """See `minigrad.isnan`."""
        return functions.logic.isnan(self)

    def isreal(self: Tensor) -> Tensor:
        """See `minigrad.isreal`."""
        return functions.logic.isreal(self)

    def isinf(self: Tensor) -> Tensor:
        """See `minigrad.isinf`."""
        return functions.logic.isinf(self)

    def isfinite(self: Tensor) -> Tensor:
        """See `minigrad.isfinite`."""
        return functions.logic.isfinite(self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__
