"""Tensors make others of their dtype: of any size, or random ones of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions
from ..functions.sizes import NOT_GIVEN

if TYPE_CHECKING:
    from ..random import Generator
    from ..tensor import Tensor


class Creation:
    """The functions of `functions.creation`, and what is drawn by chances, as methods."""

    __slots__ = ()

    def new_zeros(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with 0.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1]).new_zeros(2)
        tensor([0, 0])
        """
        return functions.creation.new_zeros(self, *size, **options)

    def new_ones(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with 1.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([True]).new_ones((1, 2))
        tensor([[True, True]])
        """
        return functions.creation.new_ones(self, *size, **options)

    def new_empty(self: Tensor, *size: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, not filled.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.tensor([1]).new_empty(2, 3)
        >>> x.shape, x.dtype
        (minigrad.Size([2, 3]), minigrad.int64)
        """
        return functions.creation.new_empty(self, *size, **options)

    def new_full(self: Tensor, size: Any, fill_value: Any, **options: Any) -> Tensor:
        """A tensor of this one's dtype, filled with a number.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1.0]).new_full((2,), 3)
        tensor([3., 3.])
        """
        return functions.creation.new_full(self, size, fill_value, **options)

    def new_tensor(self: Tensor, data: Any, **options: Any) -> Tensor:
        """Data copied into a tensor of this one's dtype.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1.0]).new_tensor([2, 3])
        tensor([2., 3.])
        """
        return functions.creation.new_tensor(self, data, **options)

    def bernoulli(
        self: Tensor, p: float = NOT_GIVEN, *, generator: Generator | None = None
    ) -> Tensor:
        """See `minigrad.bernoulli`."""
        return functions.drawing.bernoulli(self, p, generator=generator)

    def multinomial(
        self: Tensor,
        num_samples: int,
        replacement: bool = False,
        *,
        generator: Generator | None = None,
    ) -> Tensor:
        """See `minigrad.multinomial`."""
        return functions.drawing.multinomial(self, num_samples, replacement, generator=generator)
