"""Elements by their place along one dimension: which are there."""

from __future__ import annotations

import numpy as np

from .. import dtypes
from ..broadcast import broadcast_shape
from ..grad_mode import is_grad_enabled
from ..launch import empty, launch
from ..primitives import copies, gathering, picking, views
from ..tensor import Array, Tensor, tensor_of
from .arguments import require_tensor
from .dimensions import axis_of, require_bool, require_one
from .shape import reshape, view

Shape = tuple[int, ...]

PLACES = frozenset((np.dtype(np.int64), np.dtype(np.int32)))


def places_of(x: Tensor, index: Tensor, axis: int, function: str, itself: str) -> Array:
    """The places that an index names; raise unless they can be used with a tensor along an axis.

    An index without elements names none, whatever its dtype and its shape.
    """
    if not index.array.size:
        return empty(index.array.shape, np.int64)
    if index.array.dtype not in PLACES:
        raise RuntimeError(f"{function}(): Expected dtype int32/int64 for index")
    own, shape = x.array.shape or (1,), index.array.shape or (1,)
    if len(own) != len(shape):
        raise RuntimeError(
            f"Index tensor must have the same number of dimensions as {itself} tensor"
        )
    for k, (size, limit) in enumerate(zip(shape, own, strict=True)):
        if k != axis and size > limit:
            where = (
                f"Size does not match at dimension {k} expected"
                if itself == "input"
                else ("Expected")
            )
            raise RuntimeError(
                f"{where} index {list(shape)} to be no larger than self {list(own)} apart from "
                f"dimension {axis}"
            )
    return in_int64(index).array


def in_int64(index: Tensor) -> Tensor:
    """An index as one of int64."""
    return index if index.array.dtype == np.int64 else copies.convert(index, dtype=dtypes.int64)


def gather(input: Tensor, dim: int, index: Tensor, *, sparse_grad: bool = False) -> Tensor:
    """Elements at an index along a dimension: for dim 0, input[index[i, j], j].

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.gather(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([[0], [1]]))
    tensor([[1],
            [4]])
    """
    require_tensor(input, "gather")
    require_tensor(index, "gather", "index", 3)
    require_bool(sparse_grad, "gather", "sparse_grad")
    if sparse_grad and input.requires_grad and is_grad_enabled():
        raise NotImplementedError("gather(): minigrad has no sparse tensors: sparse_grad=True")
    axis = axis_of(input, dim)
    places = places_of(input, index, axis, "gather", "input")
    # Its gradient needs no value of the input; PyTorch refuses one that was changed all the same.
    return gathering.gather(input, watched=[index, input], axis=axis, index=places)


def take_along_dim(input: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
    """`gather`, for shapes that broadcast; without `dim`, of all elements in one dimension.

    That must be a view of both tensors. With `dim`, indices beyond either end count on around it.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[30, 10], [20, 40]])
    >>> torch.take_along_dim(x, torch.argsort(x, dim=1), dim=1)
    tensor([[10, 30],
            [20, 40]])
    """
    require_tensor(input, "take_along_dim")
    require_tensor(indices, "take_along_dim", "indices", 2)
    dim = dim if dim is None else require_one(dim)
    if dim is None:
        return gather(view(input, (input.array.size,)), 0, view(indices, (indices.array.size,)))
    if indices.array.dtype != np.int64:
        raise RuntimeError(
            "minigrad.take_along_dim(): dtype of indices should be Long but got "
            f"{indices.dtype.scalar_type}"
        )
    if input.array.ndim != indices.array.ndim:
        raise RuntimeError(
            "minigrad.take_along_dim(): input and indices should have the same number of "
            f"dimensions, but got {input.array.ndim} dimensions for input, and "
            f"{indices.array.ndim} dimensions for indices"
        )
    if not input.array.ndim:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    axis = axis_of(input, dim)
    own, shape = list(input.array.shape), list(indices.array.shape)
    size, count = own[axis], shape[axis]
    own[axis] = shape[axis] = 1
    common = list(broadcast_shape(tuple(own), tuple(shape)))
    whole = views.expand(input, shape=(*common[:axis], size, *common[axis + 1 :]))
    index = views.expand(indices, shape=(*common[:axis], count, *common[axis + 1 :]))
    return gather(whole, axis, _around(index, size))


def _around(index: Tensor, size: int) -> Tensor:
    out = empty(index.array.shape, index.array.dtype)
    launch(_modulo, index.array, max(size, 1), out)
    return tensor_of(out)


def _modulo(index: Array, size: int, out: Array) -> None:
    np.remainder(index, size, out)


def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """What is at each place that an index of one dimension names, along a dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.index_select(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([1]))
    tensor([[2],
            [4]])
    """
    require_tensor(input, "index_select")
    require_tensor(index, "index_select", "index", 3)
    axis = axis_of(input, dim)
    if index.array.ndim > 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    if index.array.dtype not in PLACES:
        raise RuntimeError("index_select(): Expected dtype int32 or int64 for index")
    if not input.array.ndim:
        if index.array.size != 1:
            raise RuntimeError(
                "index_select(): Index to scalar can have only 1 value, got "
                f"{index.array.size} value(s)"
            )
        found = index_select(reshape(input, (1,)), 0, index)
        return views.reshape_own(found, (), "IndexSelectBackward0")
    places = reshape(index, (-1,)).array if index.array.ndim == 0 else index.array
    by_slices = axis == 1 or (input.array.ndim > 1 and not input.array.size)
    launch(_require_bounds if by_slices else _require_range, places, input.array.shape[axis])
    key = (*[slice(None)] * axis, places)
    return picking.index_select(input, watched=[index], key=key)


def _require_range(index: Array, size: int) -> None:
    if index.size and not (0 <= index.min() and index.max() < size):
        raise IndexError("index out of range in self")


def _require_bounds(index: Array, size: int) -> None:
    """The same where PyTorch copies slices, and its error is another."""
    if index.size and not (0 <= index.min() and index.max() < size):
        wrong = index[(index < 0) | (index >= size)].flat[0]
        raise RuntimeError(f"INDICES element is out of DATA bounds, id={wrong} axis_dim={size}")
