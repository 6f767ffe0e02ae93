"""Tensors make others of their dtype: of any size, or random ones of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..random import Generator
    from ..tensor import Tensor


class Creation:
    """The functions of `functions.creation`, and `bernoulli`, as methods."""

    __slots__ = ()

    def new_zeros(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with 0."""
        return functions.creation.new_zeros(self, *size, **options)

    def new_ones(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with 1."""
        return functions.creation.new_ones(self, *size, **options)

    def new_empty(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, not filled."""
        return functions.creation.new_empty(self, *size, **options)

    def new_full(self: Tensor, size: Any, fill_value: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with a number."""
        return functions.creation.new_full(self, size, fill_value, **options)

    def new_tensor(self: Tensor, data: Any, **options: Any) -> Tensor:
        """Data copied into a tensor of this one's dtype."""
        return functions.creation.new_tensor(self, data, **options)

    def bernoulli(
        self: Tensor, p: float | None = None, *, generator: Generator | None = None
    ) -> Tensor:
        """See `minigrad.bernoulli`."""
        return functions.drawing.bernoulli(self, p, generator=generator)
