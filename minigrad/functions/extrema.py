"""The largest and the smallest elements, and where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import return_types
from ..primitives import extrema
from ..primitives.primitive import Primitive
from ..tensor import Array, Tensor, tensor_of
from . import arguments
from .comparison import maximum, minimum
from .dimensions import Dims, axes_of, axis_of, require_keepdim
from .sizes import NOT_GIVEN, dimensions

POSITIONS = {"max": extrema.position_of_largest, "min": extrema.position_of_smallest}


def max(
    input: Tensor,
    *given: Any,
    dim: int = NOT_GIVEN,
    keepdim: bool = NOT_GIVEN,
    other: Tensor = NOT_GIVEN,
) -> Any:
    """Give the largest element, or along a dimension, or of two tensors.

    Parameters
    ----------
    input : Tensor
    given : optional
        `dim` and `keepdim` by position, or `other`, which is a tensor that comes alone.
    dim : int, optional
        Without, the result is a tensor without dimensions, and equal elements share the
        gradient. With it the result is a tuple `(values, indices)`; the first of equal elements
        counts.
    keepdim : bool
        Whether the dimension stays, with size 1.
    other : Tensor, optional
        With it the result is `maximum(input, other)`.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[1, 5], [7, 2]])
    >>> torch.max(x)
    tensor(7)
    >>> values, indices = torch.max(x, dim=1)
    >>> indices
    tensor([1, 0])
    >>> torch.max(x, torch.tensor(4))
    tensor([[4, 5],
            [7, 4]])
    """
    found = _meant(given, {"dim": dim, "keepdim": keepdim, "other": other}, "max")
    if "other" in found:
        return maximum(input, found["other"])
    if "dim" in found:
        return return_types.max(*_along(input, **found, function="max"))
    return _of_all(extrema.largest, input, "max")


def min(
    input: Tensor,
    *given: Any,
    dim: int = NOT_GIVEN,
    keepdim: bool = NOT_GIVEN,
    other: Tensor = NOT_GIVEN,
) -> Any:
    """Give the smallest element, or along a dimension, or of two tensors; see `max`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.min(torch.tensor([[1, 5], [7, 2]]), dim=0).values
    tensor([1, 2])
    """
    found = _meant(given, {"dim": dim, "keepdim": keepdim, "other": other}, "min")
    if "other" in found:
        return minimum(input, found["other"])
    if "dim" in found:
        return return_types.min(*_along(input, **found, function="min"))
    return _of_all(extrema.smallest, input, "min")


def _meant(given: tuple[Any, ...], named: dict[str, Any], function: str) -> dict[str, Any]:
    """Arguments by their names: a tensor, if it comes alone and by position, is `other`."""
    left_out = all(each is NOT_GIVEN for each in named.values())
    alone = len(given) == 1 and isinstance(given[0], Tensor) and left_out
    found = arguments.by_name(given, ["other"] if alone else ["dim", "keepdim"], named, function)
    if "other" in found and len(found) > 1:
        raise TypeError(f"{function}(): with another tensor there is neither dim nor keepdim")
    if "keepdim" in found and "dim" not in found:
        raise TypeError(f"{function}(): argument 'keepdim' needs an argument 'dim', got none")
    return found


def _of_all(primitive: Primitive, input: Tensor, function: str) -> Tensor:
    arguments.require_tensor(input, function)
    _require_elements(input, function)
    axes = tuple(range(input.array.ndim))
    named = f"{function.title()}Backward1"
    return primitive(input, named=named, axes=axes, keepdim=False, shared_by_nan=True)


def _along(
    input: Tensor, dim: Any, keepdim: bool = False, *, function: str
) -> tuple[Tensor, Tensor]:
    arguments.require_tensor(input, function)
    require_keepdim(keepdim, function)
    axis = axis_with_elements(input, dim, function)
    named = f"{function.title()}Backward0"
    row = input if input.array.ndim else input.reshape(1)
    found = POSITIONS[function](row.array, axis)
    keepdim = keepdim and input.array.ndim > 0
    positions = tensor_of(found if keepdim else found.squeeze(axis))  # its own tensor, not a view
    values = extrema.take_along(
        row,
        watched=[positions],
        named=named,
        positions=found,
        axis=axis,
        keepdim=keepdim,
    )
    return values, positions


def amax(input: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """Give the largest element over dimensions; equal ones share the gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.amax(torch.tensor([[1, 5], [7, 2]]), dim=(0, 1))
    tensor(7)
    """
    return _over(extrema.largest, input, dim, keepdim, "amax")


def amin(input: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """Give the smallest element over dimensions; equal ones share the gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.amin(torch.tensor([[1, 5], [7, 2]]), dim=0)
    tensor([1, 2])
    """
    return _over(extrema.smallest, input, dim, keepdim, "amin")


def _over(primitive: Primitive, input: Tensor, dim: Dims, keepdim: bool, function: str) -> Tensor:
    arguments.require_tensor(input, function)
    require_keepdim(keepdim, function)
    if dim is None or (isinstance(dim, (tuple, list)) and not dim):
        _require_elements(input, function)
    for each in dimensions(dim, "dim", function) if isinstance(dim, (tuple, list)) else ():
        axis_with_elements(input, each, function)
    axes = axes_of(input, dim)
    for axis in axes:
        _require_size(input, axis, function)
    return primitive(input, axes=axes, keepdim=keepdim, shared_by_nan=False)


def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Give the position of the largest element, counted in all or along a dimension.

    The first of equal ones counts, and the first NaN before all others.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.argmax(torch.tensor([[1, 5], [7, 2]]))
    tensor(2)
    """
    return _position(extrema.position_of_largest, input, dim, keepdim, "argmax")


def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Give the position of the smallest element, counted in all or along a dimension.

    The first of equal ones counts, and the first NaN before all others.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.argmin(torch.tensor([[1, 5], [7, 2]]), dim=1)
    tensor([0, 1])
    """
    return _position(extrema.position_of_smallest, input, dim, keepdim, "argmin")


def _position(
    find: Callable[[Array, int], Array],
    input: Tensor,
    dim: int | None,
    keepdim: bool,
    function: str,
) -> Tensor:
    arguments.require_tensor(input, function)
    require_keepdim(keepdim, function)
    if dim is not None:
        arguments.require_int(dim, function, "dim", 2)
    if input.array.dtype.kind == "b":
        raise RuntimeError(f"{function}(): does not support bool input")
    if dim is None:
        if input.array.size == 0:
            raise IndexError(
                f"{function}(): Expected reduction dim to be specified for input.numel() == 0."
            )
        found = find(input.detach().reshape(-1).array, 0)
        return tensor_of(found.reshape((1,) * input.array.ndim if keepdim else ()))
    axis = axis_with_elements(input, dim, function)
    row = input.array if input.array.ndim else input.detach().reshape(1).array
    found = find(row, axis)
    return tensor_of(found if keepdim and input.array.ndim else found.squeeze(axis))


def axis_with_elements(input: Tensor, dim: Any, function: str) -> int:
    """A dimension as a position from the left; raise if it has no elements."""
    axis = axis_of(input, dim)
    if input.array.ndim:
        _require_size(input, axis, function)
    return axis


def _require_size(input: Tensor, axis: int, function: str) -> None:
    if input.array.shape[axis] == 0:
        raise IndexError(f"{function}(): Expected reduction dim {axis} to have non-zero size.")


def _require_elements(input: Tensor, function: str) -> None:
    if input.array.size == 0:
        raise RuntimeError(
            f"{function}(): Expected reduction dim to be specified for input.numel() == 0. "
            "Specify the reduction dim with the 'dim' argument."
        )
