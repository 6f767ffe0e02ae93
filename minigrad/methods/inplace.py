"""Tensors are changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Number, Operand, Tensor


class Inplace:
    """The functions of `functions.inplace` as methods; their names end in an underscore."""

    __slots__ = ()

    def add_(self: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
        return functions.inplace.add_(self, other, alpha)

    def sub_(self: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
        return functions.inplace.add_(self, other, -alpha)

    def mul_(self: Tensor, other: Operand) -> Tensor:
        return functions.inplace.multiply_(self, other)

    def div_(self: Tensor, other: Operand) -> Tensor:
        return functions.inplace.divide_(self, other)

    def copy_(self: Tensor, source: Tensor) -> Tensor:
        return functions.inplace.copy_(self, source)

    def fill_(self: Tensor, value: Number) -> Tensor:
        return functions.inplace.fill_(self, value)

    def zero_(self: Tensor) -> Tensor:
        return functions.inplace.fill_(self, 0)

    def uniform_(self: Tensor, a: Any = 0.0, b: Any = 1.0, *, generator: Any = None) -> Tensor:
        return functions.inplace.uniform_(self, a, b, generator)

    def normal_(self: Tensor, mean: Any = 0.0, std: Any = 1.0, *, generator: Any = None) -> Tensor:
        return functions.inplace.normal_(self, mean, std, generator)

    def random_(self: Tensor, *bounds: int, generator: Any = None) -> Tensor:
        return functions.inplace.random_(self, bounds, generator)

    __iadd__ = add_
    __isub__ = sub_
    __imul__ = mul_
    __itruediv__ = div_
