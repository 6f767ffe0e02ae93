"""Parts of a tensor along one dimension, as views."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from ..dtypes import int64
from ..primitives import picking
from ..tensor import Tensor
from .arguments import require_method, require_tensor
from .dimensions import axis_of
from .sizes import NOT_GIVEN, integer, integers, is_integer, require_int64

Shape = tuple[int, ...]


def _part(x: Tensor, axis: int, part: Any, named: str) -> Tensor:
    return picking.slice_(x, named=named, key=(*[slice(None)] * axis, part))


def narrow(input: Tensor, dim: int, start: int | Tensor, length: int) -> Tensor:
    """`length` elements from `start` on; a negative start counts from the end.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.narrow(torch.arange(5), 0, -2, 2)
    tensor([3, 4])
    """
    require_tensor(input, "narrow")
    if isinstance(start, Tensor) and not is_integer(start):
        raise RuntimeError("start must be an 0-dim integral Tensor.")
    first, count = (
        integer(start, "start", "narrow", size=True),
        integer(length, "length", "narrow", size=True),
    )
    if not input.array.ndim:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    if count < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    axis = axis_of(input, dim)
    size = input.array.shape[axis]
    if not -size <= first <= size:
        raise IndexError(
            f"start out of range (expected to be in range of [{-size}, {size}], but got {first})"
        )
    first += size if first < 0 else 0
    if first + count > size:
        raise RuntimeError(f"start ({first}) + length ({count}) exceeds dimension size ({size}).")
    return _part(input, axis, slice(first, first + count), "SliceBackward0")


def select(input: Tensor, dim: int, index: int) -> Tensor:
    """What is at one index of a dimension, without that dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[1, 2], [3, 4]])
    >>> torch.select(x, 1, -1)
    tensor([2, 4])
    """
    require_tensor(input, "select")
    if not input.array.ndim:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    axis, place = axis_of(input, dim), integer(index, "index", "select", size=True)
    size = input.array.shape[axis]
    if not -size <= place < size:
        raise IndexError(
            f"select(): index {place} out of range for tensor of size "
            f"{list(input.array.shape)} at dimension {axis}"
        )
    return _part(input, axis, place, "SelectBackward0")


def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """What is at each index of a dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.unbind(torch.tensor([[1, 2], [3, 4]]), 1)
    (tensor([1, 3]), tensor([2, 4]))
    """
    require_tensor(input, "unbind")
    axis = axis_of(input, dim)
    if not input.array.ndim:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    size = input.array.shape[axis]
    return tuple(_part(input, axis, place, "UnbindBackward0") for place in range(size))


def split(
    tensor: Tensor, split_size_or_sections: int | Sequence[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Parts of one size, the last perhaps smaller, or of the sizes given.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.split(torch.arange(5), 2)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    """
    require_method(tensor, "split")
    size: Any = split_size_or_sections
    if isinstance(size, Tensor) and size.array.size == 1:
        size = int(size)  # of any dtype, unlike elsewhere; and NumPy's integers are refused
    if not isinstance(size, int) or isinstance(size, bool):
        sizes = integers(size, "split_sizes", "split_with_sizes")
        return _split_with_sizes(tensor, sizes, dim)
    require_int64(size)
    if not tensor.array.ndim:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    axis = axis_of(tensor, dim)
    total = tensor.array.shape[axis]
    if size == 0 and total:
        raise RuntimeError(
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {total}"
        )
    starts = range(0, total, size) if total else (0,)
    parts = [slice(start, min(start + size, total)) for start in starts]
    return tuple(_part(tensor, axis, part, "SplitBackward0") for part in parts)


def _split_with_sizes(x: Tensor, sizes: Shape, dim: int) -> tuple[Tensor, ...]:
    if not x.array.ndim:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    axis = axis_of(x, dim)
    total = x.array.shape[axis]
    if any(size < 0 for size in sizes):
        raise RuntimeError(
            "split_with_sizes expects split_sizes have only non-negative entries, but got "
            f"split_sizes={list(sizes)}"
        )
    if sum(sizes) != total:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {total} (input tensor's size "
            f"at dimension {axis}), but got split_sizes={list(sizes)}"
        )
    ends = accumulate(sizes)
    parts = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]
    return tuple(_part(x, axis, part, "SplitWithSizesBackward0") for part in parts)


def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most so many parts of one size, of which the last may be smaller.

    >>> import minigrad as torch
    >>> torch.arange(5).chunk(2)
    (tensor([0, 1, 2]), tensor([3, 4]))
    """
    require_tensor(input, "chunk")
    count = integer(chunks, "chunks", "chunk")
    if not input.array.ndim:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if count <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {count}")
    axis = axis_of(input, dim)
    total = input.array.shape[axis]
    if not total:
        return _split_with_sizes(input, (0,) * count, axis)
    return split(input, -(-total // count), axis)


def tensor_split(
    input: Tensor,
    *given: Any,
    dim: int = NOT_GIVEN,
    sections: int | Tensor = NOT_GIVEN,
    indices: Sequence[int] = NOT_GIVEN,
    tensor_indices_or_sections: Tensor = NOT_GIVEN,
) -> tuple[Tensor, ...]:
    """So many parts whose sizes differ by one at most, or those between the indices given.

    Both may be given by place, with the dimension (by default 0) after it, or by name.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.tensor_split(torch.arange(5), 3)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    >>> torch.tensor_split(torch.arange(5), indices=(1, 4))
    (tensor([0]), tensor([1, 2, 3]), tensor([4]))
    """
    require_tensor(input, "tensor_split")
    named = (sections, indices, tensor_indices_or_sections)
    stated = [*given[:1], *(each for each in named if each is not NOT_GIVEN)]
    if len(stated) != 1 or len(given) > 1 + (dim is NOT_GIVEN):
        raise TypeError(
            "tensor_split() takes a tensor, one of sections, indices and "
            "tensor_indices_or_sections, and dim: got something twice, or nothing"
        )
    place = given[1] if len(given) > 1 else 0 if dim is NOT_GIVEN else dim
    place = integer(place, "dim", "tensor_split")
    if sections is not NOT_GIVEN:
        return _between(input, integer(sections, "sections", "tensor_split", size=True), place)
    if indices is not NOT_GIVEN:
        return _between(input, integers(indices, "indices", "tensor_split"), place)
    if tensor_indices_or_sections is not NOT_GIVEN:
        require_tensor(stated[0], "tensor_split", "tensor_indices_or_sections", 2)
    if isinstance(stated[0], (Tensor, tuple, list)):
        return _between(input, stated[0], place)
    return _between(input, integer(stated[0], "sections", "tensor_split", size=True), place)


def _between(x: Tensor, given: Any, dim: int) -> tuple[Tensor, ...]:
    """So many parts, or those between indices; a tensor may have either."""
    if not x.array.ndim:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    if isinstance(given, Tensor):
        given = _read(given)
    axis = axis_of(x, dim)
    total = x.array.shape[axis]
    if isinstance(given, int):
        if given <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {given}")
        size, larger = divmod(total, given)
        ends = list(accumulate(size + (part < larger) for part in range(given)))
    else:
        ends = [*integers(given, "indices", "tensor_split"), total]
    starts = [0, *ends[:-1]]
    parts = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
    return tuple(_part(x, axis, part, "SliceBackward0") for part in parts)


def _read(given: Tensor) -> Any:
    """The number of sections, or the indices, that are a tensor's elements."""
    expected = "tensor_split expected tensor_indices_or_sections to"
    if given.dtype is not int64:
        raise RuntimeError(f"{expected} have dtype of long, but got {given.dtype.scalar_type}")
    if given.array.ndim > 1:
        raise RuntimeError(
            f"{expected} be a zero-dimensional or one-dimensional tensor, but got a tensor with "
            f"{given.array.ndim} dims"
        )
    return given.tolist()
