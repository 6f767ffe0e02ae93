"""Elements of tensors are picked, gathered, masked, and assigned to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Number, Tensor


class Indexing:
    """The functions of `functions.indexing`, `.gathering`, `.scattering` and `.masking`."""

    __slots__ = ()

    def __getitem__(self: Tensor, key: Any, /) -> Tensor:
        return functions.indexing.index(self, key)

    def __setitem__(self: Tensor, key: Any, value: Any, /) -> None:
        functions.indexing.assign(self, key, value)

    def __delitem__(self: Tensor, key: Any) -> None:
        raise TypeError("Tensor does not support deleting items")

    def gather(self: Tensor, dim: int, index: Tensor, *, sparse_grad: bool = False) -> Tensor:
        """See `minigrad.gather`."""
        return functions.gathering.gather(self, dim, index, sparse_grad=sparse_grad)

    def take_along_dim(self: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
        """See `minigrad.take_along_dim`."""
        return functions.gathering.take_along_dim(self, indices, dim)

    def index_select(self: Tensor, dim: int, index: Tensor) -> Tensor:
        """See `minigrad.index_select`."""
        return functions.gathering.index_select(self, dim, index)

    def scatter(
        self: Tensor,
        dim: int,
        index: Tensor,
        *given: Tensor | Number,
        src: Tensor | None = None,
        value: Number | None = None,
        reduce: str | None = None,
    ) -> Tensor:
        """See `minigrad.scatter`."""
        return functions.scattering.scatter(
            self, dim, index, *given, src=src, value=value, reduce=reduce
        )

    def scatter_add(self: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
        """See `minigrad.scatter_add`."""
        return functions.scattering.scatter_add(self, dim, index, src)

    def scatter_(
        self: Tensor,
        dim: int,
        index: Tensor,
        *given: Tensor | Number,
        src: Tensor | None = None,
        value: Number | None = None,
        reduce: str | None = None,
    ) -> Tensor:
        """`scatter`, in place."""
        function = functions.scattering.scatter
        return functions.inplace.scattered(
            self, function, dim, index, *given, src=src, value=value, reduce=reduce
        )

    def scatter_add_(self: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
        """`scatter_add`, in place."""
        return functions.inplace.scattered(self, functions.scattering.scatter_add, dim, index, src)

    def masked_select(self: Tensor, mask: Tensor) -> Tensor:
        """See `minigrad.masked_select`."""
        return functions.masking.masked_select(self, mask)

    def masked_fill(self: Tensor, mask: Tensor, value: Number | Tensor) -> Tensor:
        """See `minigrad.masked_fill`."""
        return functions.masking.masked_fill(self, mask, value)

    def nonzero(self: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
        """See `minigrad.nonzero`."""
        return functions.masking.nonzero(self, as_tuple=as_tuple)

    def argwhere(self: Tensor) -> Tensor:
        """See `minigrad.argwhere`."""
        return functions.masking.argwhere(self)
