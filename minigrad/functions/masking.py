"""Elements where a mask holds: selecting, filling, finding them."""

from __future__ import annotations

import numpy as np

from .. import dtypes
from ..broadcast import broadcast_shape
from ..grad_mode import mode
from ..launch import launch, reading_value
from ..primitives import picking, selection, views
from ..tensor import Array, Number, Tensor, tensor_of
from .arguments import require_tensor
from .dimensions import require_bool
from .filling import filling
from .promotion import as_tensor_of


def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The elements where a mask holds, in one dimension; input and mask broadcast.

    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, -2.0, 3.0])
    >>> torch.masked_select(x, x > 0)
    tensor([1., 3.])
    """
    require_tensor(input, "masked_select")
    require_tensor(mask, "masked_select", "mask", 2)
    if mask.array.dtype.kind != "b":
        raise RuntimeError("masked_select: expected BoolTensor for mask")
    reading_value("masked_select")  # the result's shape depends on values
    shape = broadcast_shape(mask.array.shape, input.array.shape)
    whole = views.expand(input, shape=shape) if shape != input.array.shape else input
    key = (np.broadcast_to(mask.array, shape),)
    # Its gradient needs no value of the input; PyTorch refuses one that was changed all the same.
    watched = [mask, input]
    return picking.pick(whole, watched=watched, named="MaskedSelectBackward0", key=key)


def masked_fill(input: Tensor, mask: Tensor, value: Number | Tensor) -> Tensor:
    """The input with a value where a mask holds; they broadcast.

    Whole numbers have no place for the history of a value that requires a gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> scores = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> torch.masked_fill(scores, torch.tensor([False, True]), -torch.inf)
    tensor([[1., -inf],
            [3., -inf]])
    """
    require_tensor(input, "masked_fill")
    require_tensor(mask, "masked_fill", "mask", 2)
    if mask.array.dtype.kind != "b":
        raise RuntimeError(
            "masked_fill_ only supports boolean masks, but got mask with dtype "
            f"{dtypes.NAMES_IN_C[mask.array.dtype.char]}"
        )
    if isinstance(value, Tensor):
        if value.array.ndim:
            raise RuntimeError(
                "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
                f"{value.array.ndim} dimension(s)."
            )
        if value.requires_grad and mode.grad_enabled and input.array.dtype.kind != "f":
            raise RuntimeError(f"Autograd not support dtype: {input.dtype.scalar_type}")
    constant = in_dtype_of(input, value)
    named = f"MaskedFillBackward{int(isinstance(value, Tensor))}"
    return selection.masked_fill(
        constant, input, watched=[mask], named=named, condition=mask.array
    )


def in_dtype_of(target: Tensor, value: Number | Tensor) -> Tensor:
    """One value in a tensor's dtype; an error if that has none like it."""
    if not isinstance(value, Tensor):
        value = filling(value, target.dtype, "the value where a mask holds")
    elif value.array.dtype != target.array.dtype:
        launch(_require_like, value.array, target.dtype)
    return as_tensor_of(value, target.dtype)


def _require_like(value: Array, dtype: dtypes.dtype) -> None:
    filling(value.item(), dtype, "the value where a mask holds")


def nonzero(input: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
    """The indices of all elements that are not 0: a row for each, or a tensor a dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[0, 7], [8, 0]])
    >>> torch.nonzero(x)
    tensor([[0, 1],
            [1, 0]])
    >>> x[torch.nonzero(x, as_tuple=True)]
    tensor([7, 8])
    """
    require_tensor(input, "nonzero")
    require_bool(as_tuple, "nonzero", "as_tuple")
    reading_value("nonzero")  # the result's shape depends on values
    if as_tuple:
        found = np.nonzero(np.atleast_1d(input.array))
        return tuple(tensor_of(each.copy()) for each in found)
    return tensor_of(np.argwhere(input.array))


def argwhere(input: Tensor) -> Tensor:
    """The indices of all elements that are not 0: a row for each.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.argwhere(torch.tensor([[0, 7], [8, 0]]))
    tensor([[0, 1],
            [1, 0]])
    """
    found = nonzero(input)
    assert isinstance(found, Tensor)
    return found
