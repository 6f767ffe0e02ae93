"""Functions of one number, applied to each element of a tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Pointwise:
    """The functions of `functions.pointwise`, `.rounding` and `.clamping` as methods."""

    __slots__ = ()

    def __abs__(self: Tensor) -> Tensor:
        return functions.pointwise.abs(self)

    def exp(self: Tensor) -> Tensor:
        return functions.pointwise.exp(self)

    def expm1(self: Tensor) -> Tensor:
        return functions.pointwise.expm1(self)

    def log(self: Tensor) -> Tensor:
        return functions.pointwise.log(self)

    def log1p(self: Tensor) -> Tensor:
        return functions.pointwise.log1p(self)

    def log2(self: Tensor) -> Tensor:
        return functions.pointwise.log2(self)

    def log10(self: Tensor) -> Tensor:
        return functions.pointwise.log10(self)

    def sqrt(self: Tensor) -> Tensor:
        return functions.pointwise.sqrt(self)

    def rsqrt(self: Tensor) -> Tensor:
        return functions.pointwise.rsqrt(self)

    def abs(self: Tensor) -> Tensor:
        return functions.pointwise.abs(self)

    def tanh(self: Tensor) -> Tensor:
        return functions.pointwise.tanh(self)

    def sin(self: Tensor) -> Tensor:
        return functions.pointwise.sin(self)

    def cos(self: Tensor) -> Tensor:
        return functions.pointwise.cos(self)

    def sigmoid(self: Tensor) -> Tensor:
        return functions.pointwise.sigmoid(self)

    def relu(self: Tensor) -> Tensor:
        return functions.pointwise.relu(self)

    def round(self: Tensor, *, decimals: int | None = None) -> Tensor:
        return functions.rounding.round(self, decimals=decimals)

    def floor(self: Tensor) -> Tensor:
        return functions.rounding.floor(self)

    def ceil(self: Tensor) -> Tensor:
        return functions.rounding.ceil(self)

    def trunc(self: Tensor) -> Tensor:
        return functions.rounding.trunc(self)

    def sign(self: Tensor) -> Tensor:
        return functions.rounding.sign(self)

    def clamp(self: Tensor, min: Operand | None = None, max: Operand | None = None) -> Tensor:
        return functions.clamping.clamp(self, min, max)

    def clamp_min(self: Tensor, min: Operand) -> Tensor:
        return functions.clamping.clamp_min(self, min)

    def clamp_max(self: Tensor, max: Operand) -> Tensor:
        return functions.clamping.clamp_max(self, max)

    absolute, fix, clip = abs, trunc, clamp
