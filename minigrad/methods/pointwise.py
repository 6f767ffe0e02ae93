"""Functions of one number, applied to each element of a tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Tensor


class Pointwise:
    """The functions of `functions.pointwise` as methods."""

    __slots__ = ()

    def __abs__(self: Tensor) -> Tensor:
        return functions.pointwise.absolute(self)

    def exp(self: Tensor) -> Tensor:
        return functions.pointwise.exp(self)

    def log(self: Tensor) -> Tensor:
        return functions.pointwise.log(self)

    def sqrt(self: Tensor) -> Tensor:
        return functions.pointwise.sqrt(self)

    def abs(self: Tensor) -> Tensor:
        return functions.pointwise.absolute(self)

    def sigmoid(self: Tensor) -> Tensor:
        return functions.pointwise.sigmoid(self)

    def relu(self: Tensor) -> Tensor:
        return functions.pointwise.relu(self)
