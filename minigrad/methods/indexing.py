"""Elements of tensors are picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Tensor


class Indexing:
    """The functions of `functions.indexing` as methods."""

    __slots__ = ()

    def __getitem__(self: Tensor, key: Any) -> Tensor:
        return functions.indexing.index(self, key)
