"""Tensors are summed and averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Tensor


class Reductions:
    """The functions of `functions.reductions` as methods."""

    __slots__ = ()

    def sum(self: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
        return functions.reductions.sum(self, dim, keepdim)

    def mean(self: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
        return functions.reductions.mean(self, dim, keepdim)
