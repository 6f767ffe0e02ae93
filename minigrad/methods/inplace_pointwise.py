"""Tensors are changed in place by functions of one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import functions
from ..functions.sizes import NOT_GIVEN

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class InplacePointwise:
    """Functions of `functions.pointwise`, `.rounding` and `.clamping` that overwrite."""

    __slots__ = ()

    def exp_(self: Tensor) -> Tensor:
        """`exp`, in place."""
        return functions.inplace.changed(self, functions.pointwise.exp)

    def expm1_(self: Tensor) -> Tensor:
        """`expm1`, in place."""
        return functions.inplace.changed(self, functions.pointwise.expm1)

    def log_(self: Tensor) -> Tensor:
        """`log`, in place."""
        return functions.inplace.changed(self, functions.pointwise.log)

    def log1p_(self: Tensor) -> Tensor:
        """`log1p`, in place."""
        return functions.inplace.changed(self, functions.pointwise.log1p)

    def log2_(self: Tensor) -> Tensor:
        """`log2`, in place."""
        return functions.inplace.changed(self, functions.pointwise.log2)

    def log10_(self: Tensor) -> Tensor:
        """`log10`, in place."""
        return functions.inplace.changed(self, functions.pointwise.log10)

    def sqrt_(self: Tensor) -> Tensor:
        """`sqrt`, in place."""
        return functions.inplace.changed(self, functions.pointwise.sqrt)

    def rsqrt_(self: Tensor) -> Tensor:
        """`rsqrt`, in place."""
        return functions.inplace.changed(self, functions.pointwise.rsqrt)

    def abs_(self: Tensor) -> Tensor:
        """`abs`, in place."""
        return functions.inplace.changed(self, functions.pointwise.abs)

    def tanh_(self: Tensor) -> Tensor:
        """`tanh`, in place."""
        return functions.inplace.changed(self, functions.pointwise.tanh)

    def sin_(self: Tensor) -> Tensor:
        """`sin`, in place."""
        return functions.inplace.changed(self, functions.pointwise.sin)

    def cos_(self: Tensor) -> Tensor:
        """`cos`, in place."""
        return functions.inplace.changed(self, functions.pointwise.cos)

    def sigmoid_(self: Tensor) -> Tensor:
        """`sigmoid`, in place."""
        return functions.inplace.changed(self, functions.pointwise.sigmoid)

    def relu_(self: Tensor) -> Tensor:
        """`relu`, in place."""
        return functions.inplace.changed(self, functions.pointwise.relu)

    def neg_(self: Tensor) -> Tensor:
        """`neg`, in place."""
        return functions.inplace.changed(self, functions.arithmetic.neg)

    def reciprocal_(self: Tensor) -> Tensor:
        """`reciprocal`, in place."""
        return functions.inplace.changed(self, functions.arithmetic.reciprocal)

    def square_(self: Tensor) -> Tensor:
        """`square`, in place."""
        return functions.inplace.changed(self, functions.powers.square)

    def floor_(self: Tensor) -> Tensor:
        """`floor`, in place."""
        return functions.inplace.changed(self, functions.rounding.floor)

    def ceil_(self: Tensor) -> Tensor:
        """`ceil`, in place."""
        return functions.inplace.changed(self, functions.rounding.ceil)

    def trunc_(self: Tensor) -> Tensor:
        """`trunc`, in place."""
        return functions.inplace.changed(self, functions.rounding.trunc)

    def sign_(self: Tensor) -> Tensor:
        """`sign`, in place."""
        return functions.inplace.changed(self, functions.rounding.sign)

    def round_(self: Tensor, *, decimals: int = NOT_GIVEN) -> Tensor:
        """`round`, in place."""
        return functions.inplace.changed(self, functions.rounding.round, decimals=decimals)

    def clamp_(self: Tensor, min: Operand | None = None, max: Operand | None = None) -> Tensor:
        """`clamp`, in place."""
        return functions.inplace.changed(self, functions.clamping.clamp, min, max)

    def clamp_min_(self: Tensor, min: Operand) -> Tensor:
        """`clamp_min`, in place."""
        return functions.inplace.changed(self, functions.clamping.clamp_min, min)

    def clamp_max_(self: Tensor, max: Operand) -> Tensor:
        """`clamp_max`, in place."""
        return functions.inplace.changed(self, functions.clamping.clamp_max, max)

    absolute_, negative_, clip_, fix_ = abs_, neg_, clamp_, trunc_
