"""The median of all elements, or along a dimension."""

from __future__ import annotations

from typing import Any

from .. import arrays, return_types
from ..primitives import extrema, median as primitives
from ..tensor import Tensor, tensor_of
from .arguments import refuse_bool, require_tensor
from .dimensions import ALL, keepdim_beside
from .extrema import axis_with_elements
from .sizes import NOT_GIVEN, integer


def median(input: Tensor, dim: Any = ALL, keepdim: bool = NOT_GIVEN) -> Any:
    """Give the median, the lower of two in the middle, or NaN where one is.

    Parameters
    ----------
    input : Tensor
    dim : int, optional
        Without, the result is a tensor without dimensions, and equal elements share the
        gradient. With it the result is a tuple `(values, indices)`.
    keepdim : bool
        Whether the dimension stays, with size 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[3, 1, 2], [6, 5, 9]])
    >>> torch.median(x)
    tensor(3)
    >>> torch.median(x, dim=1).values
    tensor([2, 6])
    """
    require_tensor(input, "median")
    keepdim = keepdim_beside(dim, keepdim, "median")
    if dim is ALL:
        if not input.array.size and input.array.dtype.kind == "b":
            return tensor_of(arrays.full((), input.array.dtype, True))
        refuse_bool(input, "median_cpu")
        return primitives.middle(input)
    axis = axis_with_elements(input, integer(dim, "dim", "median"), "median")
    refuse_bool(input, "median_out")
    row = input if input.array.ndim else input.reshape(1)
    found = primitives.position_of_middle(row.array, axis)
    keepdim = keepdim and input.array.ndim > 0
    positions = tensor_of(found if keepdim else found.squeeze(axis))  # its own tensor, not a view
    values = extrema.take_along(
        row,
        watched=[positions],
        named="MedianBackward1",
        positions=found,
        axis=axis,
        keepdim=keepdim,
    )
    return return_types.median(values, positions)
