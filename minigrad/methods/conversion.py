"""Tensors get another dtype, or memory of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import dtypes, functions

if TYPE_CHECKING:
    from ..tensor import Tensor


class Conversion:
    """The functions of `functions.conversion` as methods."""

    __slots__ = ()

    def clone(self: Tensor) -> Tensor:
        return functions.conversion.clone(self)

    def contiguous(self: Tensor) -> Tensor:
        return self if self.array.flags.c_contiguous else functions.conversion.clone(self)

    def to(self: Tensor, dtype: dtypes.dtype | str) -> Tensor:
        if isinstance(dtype, str):
            if dtype != "cpu":
                raise RuntimeError(f"minigrad has only the device 'cpu', got {dtype!r}")
            return self
        return self if dtype is self.dtype else functions.conversion.convert(self, dtype)

    def float(self: Tensor) -> Tensor:
        return self.to(dtypes.float32)

    def double(self: Tensor) -> Tensor:
        return self.to(dtypes.float64)

    def long(self: Tensor) -> Tensor:
        return self.to(dtypes.int64)

    def bool(self: Tensor) -> Tensor:
        return self.to(dtypes.bool)
