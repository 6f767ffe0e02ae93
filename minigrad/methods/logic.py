"""Tensors of truth values and of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions
from .operands import is_operand

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Logic:
    """Operators, and the functions of `functions.logic`."""

    __slots__ = ()

    def __and__(self: Tensor, other: Any) -> Any:
        return functions.logic.bitwise_and(self, other) if is_operand(other) else NotImplemented

    def __or__(self: Tensor, other: Any) -> Any:
        return functions.logic.bitwise_or(self, other) if is_operand(other) else NotImplemented

    def __xor__(self: Tensor, other: Any) -> Any:
        return functions.logic.bitwise_xor(self, other) if is_operand(other) else NotImplemented

    def __invert__(self: Tensor) -> Tensor:
        if self.array.dtype.kind == "f":
            raise TypeError(
                "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
            )
        return functions.logic.bitwise_not(self)

    def logical_and(self: Tensor, other: Tensor) -> Tensor:
        return functions.logic.logical_and(self, other)

    def logical_or(self: Tensor, other: Tensor) -> Tensor:
        return functions.logic.logical_or(self, other)

    def logical_xor(self: Tensor, other: Tensor) -> Tensor:
        return functions.logic.logical_xor(self, other)

    def logical_not(self: Tensor) -> Tensor:
        return functions.logic.logical_not(self)

    def bitwise_and(self: Tensor, other: Operand) -> Tensor:
        return functions.logic.bitwise_and(self, other)

    def bitwise_or(self: Tensor, other: Operand) -> Tensor:
        return functions.logic.bitwise_or(self, other)

    def bitwise_xor(self: Tensor, other: Operand) -> Tensor:
        return functions.logic.bitwise_xor(self, other)

    def bitwise_not(self: Tensor) -> Tensor:
        return functions.logic.bitwise_not(self)

    def isnan(self: Tensor) -> Tensor:
        return functions.logic.isnan(self)

    def isinf(self: Tensor) -> Tensor:
        return functions.logic.isinf(self)

    def isfinite(self: Tensor) -> Tensor:
        return functions.logic.isfinite(self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__
