"""Modules that join dimensions into one, or part one into several."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..functions.dimensions import axis_of
from ..tensor import Tensor
from .module import Module


class Flatten(Module):
    """Join a range of dimensions into one; by default all but the first.

    Parameters
    ----------
    start_dim, end_dim : int
        The first and the last of the dimensions to join.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Flatten()(torch.zeros(32, 3, 4)).shape
    minigrad.Size([32, 12])
    """

    start_dim: int
    end_dim: int

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, which has the input's elements."""
        return input.flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """Show which dimensions are joined."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Module):
    """Part one dimension into several.

    Parameters
    ----------
    dim : int
        The dimension to part.
    unflattened_size : sequence of int
        The sizes that take its place, of which one may be -1 and is inferred.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Unflatten(1, (3, 4))(torch.zeros(32, 12)).shape
    minigrad.Size([32, 3, 4])
    """

    dim: int
    unflattened_size: Sequence[int]

    def __init__(self, dim: int, unflattened_size: Sequence[int]) -> None:
        super().__init__()
        if not isinstance(unflattened_size, tuple | list):
            raise TypeError(
                "unflattened_size must be a tuple of ints, but found type "
                f"{type(unflattened_size).__name__}"
            )
        for position, size in enumerate(unflattened_size):
            if not isinstance(size, int):
                raise TypeError(
                    "unflattened_size must be tuple of ints, but found element of type "
                    f"{type(size).__name__} at pos {position}"
                )
        self.dim = dim
        self.unflattened_size = unflattened_size

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, which has the input's elements."""
        axis = axis_of(input, self.dim)
        shape = input.array.shape
        if not shape:
            raise RuntimeError(f"unflatten: dim {self.dim} is to be parted, but there are none")
        sizes = _inferred(list(self.unflattened_size), axis, shape[axis])
        return input.view(*shape[:axis], *sizes, *shape[axis + 1 :])

    def extra_repr(self) -> str:
        """Show the dimension and the sizes."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"


def _inferred(sizes: list[int], axis: int, whole: int) -> list[int]:
    """The sizes with -1 filled in; raise unless they multiply up to the whole."""
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    if sizes.count(-1) > 1:
        raise RuntimeError("unflatten: only one dimension can be inferred")
    known = math.prod(size for size in sizes if size != -1)
    found = [whole // known if size == -1 and known else size for size in sizes]
    if min(found) < 0 or math.prod(found) != whole:
        raise RuntimeError(
            f"unflatten: Provided sizes {sizes} don't multiply up to the size of dim {axis} "
            f"({whole}) in the input tensor"
        )
    return found
