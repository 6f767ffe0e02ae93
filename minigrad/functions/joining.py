"""Several tensors as one: one after the other, or beside each other in a new dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..primitives import joining
from ..tensor import Tensor
from .arguments import require_int
from .dimensions import axis_of
from .promotion import as_tensor_of
from .shape import reshape

Shape = tuple[int, ...]


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors one after the other along a dimension; their dtypes are promoted.

    >>> import minigrad as torch
    >>> torch.cat([torch.ones(1, 2), torch.zeros(1, 2)])
    tensor([[1., 1.],
            [0., 0.]])
    """
    pieces = _listed(tensors, "cat")
    require_int(dim, "cat", "dim", 2)
    if not pieces:
        raise ValueError("minigrad.cat(): expected a non-empty list of Tensors")
    for position, each in enumerate(pieces):
        if not each.array.ndim:
            raise RuntimeError(
                f"zero-dimensional tensor (at position {position}) cannot be concatenated"
            )
    fitting = [(k, each) for k, each in enumerate(pieces) if each.array.shape != (0,)]
    axis = axis_of(fitting[0][1], dim) if fitting else 0
    for position, each in fitting[1:]:
        _check_fit(fitting[0][1].array.shape, each.array.shape, axis, position)
    return joining.cat(*_of_one_dtype(pieces), axis=axis)


concat = concatenate = cat


def _listed(tensors: Any, function: str) -> list[Tensor]:
    if not isinstance(tensors, (tuple, list)):
        raise TypeError(
            f"{function}(): argument 'tensors' (position 1) must be tuple of Tensors, "
            f"not {type(tensors).__name__}"
        )
    for position, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {position} in argument 0, but got "
                f"{type(each).__name__}"
            )
    return list(tensors)


def _check_fit(first: Shape, shape: Shape, axis: int, position: int) -> None:
    """Raise unless the shapes agree but for one axis."""
    if len(shape) != len(first):
        raise RuntimeError(
            f"Tensors must have same number of dimensions: got {len(first)} and {len(shape)}"
        )
    for k, (expected, size) in enumerate(zip(first, shape, strict=True)):
        if k != axis and size != expected:
            raise RuntimeError(
                f"Sizes of tensors must match except in dimension {axis}. Expected size "
                f"{expected} but got size {size} for tensor number {position} in the list."
            )


def _of_one_dtype(tensors: list[Tensor]) -> list[Tensor]:
    first = tensors[0].array.dtype
    if all([each.array.dtype is first for each in tensors]):
        return tensors
    dtype = dtypes.result_type(*tensors)
    return [as_tensor_of(each, dtype) for each in tensors]


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors of one shape beside each other in a new dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])], dim=1)
    tensor([[1, 3],
            [2, 4]])
    """
    pieces = _listed(tensors, "stack")
    if not pieces:
        raise RuntimeError("stack expects a non-empty TensorList")
    axis = axis_of(pieces[0], dim, extra=1)
    first = pieces[0].array.shape
    for position, each in enumerate(pieces):
        if each.array.shape != first:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(first)} at entry 0 "
                f"and {list(each.array.shape)} at entry {position}"
            )
    return joining.stack(*_of_one_dtype(pieces), axis=axis)


def hstack(tensors: Sequence[Tensor]) -> Tensor:
    """Tensors one after the other along the second dimension; vectors along their only one.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.hstack([torch.tensor([1, 2]), torch.tensor([3])])
    tensor([1, 2, 3])
    >>> torch.hstack([torch.tensor([[1], [2]]), torch.tensor([[3], [4]])])
    tensor([[1, 3],
            [2, 4]])
    """
    pieces = _listed(tensors, "hstack")
    if not pieces:
        raise RuntimeError("hstack expects a non-empty TensorList")
    pieces = [each if each.array.ndim else reshape(each, (1,)) for each in pieces]
    return cat(pieces, 0 if pieces[0].array.ndim == 1 else 1)


def vstack(tensors: Sequence[Tensor]) -> Tensor:
    """Tensors one after the other along the first dimension, in which vectors are rows.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.vstack([torch.tensor([1, 2]), torch.tensor([[3, 4], [5, 6]])])
    tensor([[1, 2],
            [3, 4],
            [5, 6]])
    """
    pieces = _listed(tensors, "vstack")
    if not pieces:
        raise RuntimeError("vstack expects a non-empty TensorList")
    rows = [
        each if each.array.ndim > 1 else reshape(each, (1, each.array.size)) for each in pieces
    ]
    return cat(rows)
