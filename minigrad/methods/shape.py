"""Tensors get other shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Tensor


class Shaping:
    """The functions of `functions.shape` as methods."""

    __slots__ = ()

    def reshape(self: Tensor, *shape: Any) -> Tensor:
        return functions.shape.reshape(self, flattened(shape))

    def view(self: Tensor, *shape: Any) -> Tensor:
        return functions.shape.view(self, flattened(shape))

    def flatten(self: Tensor) -> Tensor:
        return functions.shape.reshape(self, (-1,))

    def permute(self: Tensor, *dims: Any) -> Tensor:
        return functions.shape.permute(self, flattened(dims))

    def transpose(self: Tensor, dim0: int, dim1: int) -> Tensor:
        return functions.shape.transpose(self, dim0, dim1)

    def t(self: Tensor) -> Tensor:
        if self.array.ndim > 2:
            raise RuntimeError(
                f"t() expects a tensor with <= 2 dimensions, but self is {self.array.ndim}D"
            )
        return functions.shape.t(self)

    @property
    def T(self: Tensor) -> Tensor:  # noqa: N802 (the name is PyTorch's)
        return functions.shape.permute(self, tuple(reversed(range(self.array.ndim))))

    def unsqueeze(self: Tensor, dim: int) -> Tensor:
        return functions.shape.unsqueeze(self, dim)

    def squeeze(self: Tensor, dim: int | None = None) -> Tensor:
        return functions.shape.squeeze(self, dim)

    def expand(self: Tensor, *sizes: Any) -> Tensor:
        return functions.shape.expand(self, flattened(sizes))


def flattened(sizes: Sequence[Any]) -> tuple[int, ...]:
    """`(2, 3)` from `f(2, 3)` and from `f((2, 3))`."""
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return tuple(sizes[0])
    return tuple(sizes)
