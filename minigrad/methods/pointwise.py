"""Functions of one number, applied to each element of a tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import functions
from ..functions.sizes import NOT_GIVEN

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Pointwise:
    """The functions of `functions.pointwise`, `.rounding` and `.clamping` as methods."""

    __slots__ = ()

    def __abs__(self: Tensor) -> Tensor:
        return functions.pointwise.abs(self)

    def exp(self: Tensor) -> Tensor:
        """See `minigrad.exp`."""
        return functions.pointwise.exp(self)

    def expm1(self: Tensor) -> Tensor:
        """See `minigrad.expm1`."""
        return functions.pointwise.expm1(self)

    def log(self: Tensor) -> Tensor:
        """See `minigrad.log`."""
        return functions.pointwise.log(self)

    def log1p(self: Tensor) -> Tensor:
        """See `minigrad.log1p`."""
        return functions.pointwise.log1p(self)

    def log2(self: Tensor) -> Tensor:
        """See `minigrad.log2`."""
        return functions.pointwise.log2(self)

    def log10(self: Tensor) -> Tensor:
        """See `minigrad.log10`."""
        return functions.pointwise.log10(self)

    def sqrt(self: Tensor) -> Tensor:
        """See `minigrad.sqrt`."""
        return functions.pointwise.sqrt(self)

    def rsqrt(self: Tensor) -> Tensor:
        """See `minigrad.rsqrt`."""
        return functions.pointwise.rsqrt(self)

    def abs(self: Tensor) -> Tensor:
        """See `minigrad.abs`."""
        return functions.pointwise.abs(self)

    def tanh(self: Tensor) -> Tensor:
        """See `minigrad.tanh`."""
        return functions.pointwise.tanh(self)

    def sin(self: Tensor) -> Tensor:
        """See `minigrad.sin`."""
        return functions.pointwise.sin(self)

    def cos(self: Tensor) -> Tensor:
        """See `minigrad.cos`."""
        return functions.pointwise.cos(self)

    def sigmoid(self: Tensor) -> Tensor:
        """See `minigrad.sigmoid`."""
        return functions.pointwise.sigmoid(self)

    def relu(self: Tensor) -> Tensor:
        """See `minigrad.relu`."""
        return functions.pointwise.relu(self)

    def round(self: Tensor, *, decimals: int = NOT_GIVEN) -> Tensor:
        """See `minigrad.round`."""
        return functions.rounding.round(self, decimals=decimals)

    def floor(self: Tensor) -> Tensor:
        """See `minigrad.floor`."""
        return functions.rounding.floor(self)

    def ceil(self: Tensor) -> Tensor:
        """See `minigrad.ceil`."""
        return functions.rounding.ceil(self)

    def trunc(self: Tensor) -> Tensor:
        """See `minigrad.trunc`."""
        return functions.rounding.trunc(self)

    def sign(self: Tensor) -> Tensor:
        """See `minigrad.sign`."""
        return functions.rounding.sign(self)

    def clamp(self: Tensor, min: Operand | None = None, max: Operand | None = None) -> Tensor:
        """See `minigrad.clamp`."""
        return functions.clamping.clamp(self, min, max)

    def clamp_min(self: Tensor, min: Operand) -> Tensor:
        """See `minigrad.clamp_min`."""
        return functions.clamping.clamp_min(self, min)

    def clamp_max(self: Tensor, max: Operand) -> Tensor:
        """See `minigrad.clamp_max`."""
        return functions.clamping.clamp_max(self, max)

    absolute, fix, clip = abs, trunc, clamp
