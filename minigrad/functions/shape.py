"""The same elements under another shape: views where strides allow."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..primitives import copies, picking, views
from ..tensor import Tensor
from .arguments import require_tensor
from .dimensions import ALL, axes_of, axis_of, one_or_several
from .sizes import integers

Shape = tuple[int, ...]


def _inferred(x: Tensor, shape: Shape) -> Shape:
    """A shape with -1 filled in."""
    unknown = [position for position, size in enumerate(shape) if size == -1]
    if len(unknown) > 1:
        raise RuntimeError("only one dimension can be inferred")
    for position, size in enumerate(shape):
        if size < -1:
            raise RuntimeError(
                f"invalid shape dimension {size} at index {position} of shape {list(shape)}"
            )
    count, known = x.array.size, math.prod(size for size in shape if size != -1)
    if unknown and known == 0 and count == 0:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {list(shape)} because the "
            "unspecified dimension size -1 can be any value and is ambiguous"
        )
    if unknown and known and count % known == 0:
        position = unknown[0]
        return (*shape[:position], count // known, *shape[position + 1 :])
    if unknown or known != count:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {count}")
    return shape


def _needs_copy(x: Tensor, shape: Shape) -> bool:
    array = x.array
    if array.flags.c_contiguous or not array.size:
        return False
    return not np.may_share_memory(array.reshape(shape), array)


def reshape(input: Tensor, shape: Sequence[int]) -> Tensor:
    """The same elements under another shape: a view where strides allow, else a copy.

    One size may be -1: it follows from the others.

    >>> import minigrad as torch
    >>> torch.reshape(torch.arange(6), (2, -1))
    tensor([[0, 1, 2],
            [3, 4, 5]])
    """
    require_tensor(input, "reshape")
    wanted = _inferred(input, integers(shape, "shape", "reshape"))
    if _needs_copy(input, wanted):
        return views.reshape_own(copies.clone(input), wanted, "UnsafeViewBackward0")
    named = None if input.array.flags.c_contiguous else "ReshapeAliasBackward0"
    return views.reshape(input, named=named, shape=wanted)


def view(input: Tensor, size: Sequence[int]) -> Tensor:
    """The same memory under another shape, or an error."""
    wanted = _inferred(input, integers(size, "size", "view"))
    if _needs_copy(input, wanted):
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one "
            "dimension spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    return views.reshape(input, shape=wanted)


def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """The dimensions from `start_dim` to `end_dim` as one.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.flatten(torch.zeros(5, 2, 3), 1).shape, torch.flatten(torch.tensor(4)).shape
    (minigrad.Size([5, 6]), minigrad.Size([1]))
    """
    require_tensor(input, "flatten")
    start, end = axis_of(input, start_dim), axis_of(input, end_dim)
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    shape = input.array.shape
    if start == end and shape:
        return input
    return reshape(input, (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :]))


def ravel(input: Tensor) -> Tensor:
    """All elements in one dimension: a view of what is contiguous, else a copy.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[1, 2], [3, 4]])
    >>> torch.ravel(x.t())
    tensor([1, 3, 2, 4])
    """
    require_tensor(input, "ravel")
    return reshape(input.contiguous(), (input.array.size,))


def unflatten(input: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
    """One dimension as several of these sizes, of which one may be -1.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.unflatten(torch.zeros(5, 6), 1, (2, -1)).shape
    minigrad.Size([5, 2, 3])
    """
    require_tensor(input, "unflatten")
    wanted = integers(sizes, "sizes", "unflatten")
    axis = axis_of(input, dim)
    if not wanted:
        raise RuntimeError("unflatten: sizes must be non-empty")
    shape = input.array.shape
    if not shape:
        raise RuntimeError(
            f"unflatten got an unexpected error:\nDimension specified as {dim} but tensor has no "
            "dimensions"
        )
    if wanted.count(-1) > 1:
        raise RuntimeError(
            "unflatten got an unexpected error:\nonly one dimension can be inferred"
        )
    size = shape[axis]
    known = math.prod(each for each in wanted if each != -1)
    if -1 in wanted and known == size == 0:
        raise RuntimeError(
            "unflatten got an unexpected error:\ncannot reshape tensor of 0 elements into shape "
            f"{list(wanted)} because the unspecified dimension size -1 can be any value and is "
            "ambiguous"
        )
    if known != size and not (-1 in wanted and known and size % known == 0):
        raise RuntimeError(
            f"unflatten: Provided sizes {list(wanted)} don't multiply up to the size of dim "
            f"{dim} ({size}) in the input tensor"
        )
    filled = tuple(size // known if each == -1 else each for each in wanted)
    return view(input, (*shape[:axis], *filled, *shape[axis + 1 :]))


def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """A dimension of size 1 added at `dim`.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.zeros(3)
    >>> torch.unsqueeze(x, 0).shape, torch.unsqueeze(x, -1).shape
    (minigrad.Size([1, 3]), minigrad.Size([3, 1]))
    """
    require_tensor(input, "unsqueeze")
    axis = axis_of(input, dim, extra=1)
    return picking.slice_(input, named="UnsqueezeBackward0", key=(*[slice(None)] * axis, None))


def squeeze(input: Tensor, dim: int | Sequence[int] = ALL) -> Tensor:
    """Without dimensions of size 1: all of them, or those of `dim` that are.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.zeros(1, 3, 1)
    >>> torch.squeeze(x).shape, torch.squeeze(x, 0).shape, torch.squeeze(x, 1).shape
    (minigrad.Size([3]), minigrad.Size([3, 1]), minigrad.Size([1, 3, 1]))
    """
    require_tensor(input, "squeeze")
    if dim is None:
        raise TypeError("squeeze(): argument 'dim' must be int or tuple of ints, not NoneType")
    several = isinstance(dim, (tuple, list))
    chosen = () if several and not dim else axes_of(input, one_or_several(dim))
    shape = input.array.shape
    named = f"SqueezeBackward{2 if several else int(dim is not ALL)}"
    return views.squeeze(input, named=named, dims=tuple(k for k in chosen if shape[k] == 1))
