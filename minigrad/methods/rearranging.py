"""Tensors are split, and their elements reversed, rolled and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import functions
from ..functions.sizes import NOT_GIVEN, dimensions, listed

if TYPE_CHECKING:
    from .. import return_types
    from ..tensor import Tensor


class Rearranging:
    """The functions of `functions.rearranging`, `.splitting` and `.sorting` as methods."""

    __slots__ = ()

    def flip(self: Tensor, *given: Any, dims: Sequence[int] | None = None) -> Tensor:
        """See `minigrad.flip`."""
        return functions.rearranging.flip(self, listed(given, dims, "dims", "flip", dimensions))

    def roll(self: Tensor, shifts: Any, dims: Any = None) -> Tensor:
        """See `minigrad.roll`."""
        return functions.rearranging.roll(self, shifts, dims)

    def diagonal(self: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
        """See `minigrad.diagonal`."""
        return functions.rearranging.diagonal(self, offset, dim1, dim2)

    def diag(self: Tensor, diagonal: int = 0) -> Tensor:
        """See `minigrad.diag`."""
        return functions.rearranging.diag(self, diagonal)

    def tril(self: Tensor, diagonal: int = 0) -> Tensor:
        """See `minigrad.tril`."""
        return functions.rearranging.tril(self, diagonal)

    def triu(self: Tensor, diagonal: int = 0) -> Tensor:
        """See `minigrad.triu`."""
        return functions.rearranging.triu(self, diagonal)

    def tril_(self: Tensor, diagonal: int = 0) -> Tensor:
        """`tril`, in place."""
        return functions.inplace.changed_to_triangle(self, functions.rearranging.tril, diagonal)

    def triu_(self: Tensor, diagonal: int = 0) -> Tensor:
        """`triu`, in place."""
        return functions.inplace.changed_to_triangle(self, functions.rearranging.triu, diagonal)

    def narrow(self: Tensor, dim: int, start: int | Tensor, length: int) -> Tensor:
        """See `minigrad.narrow`."""
        return functions.splitting.narrow(self, dim, start, length)

    def select(self: Tensor, dim: int, index: int) -> Tensor:
        """See `minigrad.select`."""
        return functions.splitting.select(self, dim, index)

    def unbind(self: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
        """See `minigrad.unbind`."""
        return functions.splitting.unbind(self, dim)

    def split(self: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
        """See `minigrad.split`."""
        return functions.splitting.split(self, split_size, dim)

    def chunk(self: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
        """See `minigrad.chunk`."""
        return functions.splitting.chunk(self, chunks, dim)

    def tensor_split(
        self: Tensor, *given: Any, dim: int = NOT_GIVEN, **named: Any
    ) -> tuple[Tensor, ...]:
        """See `minigrad.tensor_split`."""
        return functions.splitting.tensor_split(self, *given, dim=dim, **named)

    def sort(
        self: Tensor,
        *given: Any,
        dim: int = NOT_GIVEN,
        descending: bool = NOT_GIVEN,
        stable: bool | None = NOT_GIVEN,
    ) -> return_types.sort:
        """See `minigrad.sort`."""
        return functions.sorting.sort(self, *given, dim=dim, descending=descending, stable=stable)

    def argsort(
        self: Tensor,
        *given: Any,
        dim: int = NOT_GIVEN,
        descending: bool = NOT_GIVEN,
        stable: bool = NOT_GIVEN,
    ) -> Tensor:
        """See `minigrad.argsort`."""
        return functions.sorting.argsort(
            self, *given, dim=dim, descending=descending, stable=stable
        )

    def msort(self: Tensor) -> Tensor:
        """See `minigrad.msort`."""
        return functions.sorting.msort(self)

    def topk(
        self: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
    ) -> return_types.topk:
        """See `minigrad.topk`."""
        return functions.sorting.topk(self, k, dim, largest, sorted)

    def unique(
        self: Tensor,
        sorted: bool = True,
        return_inverse: bool = False,
        return_counts: bool = False,
        dim: int | None = None,
    ) -> Tensor | tuple[Tensor, ...]:
        """See `minigrad.unique`."""
        return functions.sorting.unique(self, sorted, return_inverse, return_counts, dim)
