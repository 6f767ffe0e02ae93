"""Elements in order: sorting, the largest ones, distinct ones. NaN counts as the largest."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..launch import reading_value
from ..primitives import copies, gathering, sorting, views
from ..primitives.without_derivative import without_derivative
from ..tensor import Tensor, tensor_of
from .arguments import by_name, require_tensor
from .dimensions import axis_of, require_bool
from .gathering import index_select
from .sizes import NOT_GIVEN, integer
from .transposing import movedim

Shape = tuple[int, ...]


def _require_bools(function: str, **given: object) -> None:
    for name, value in given.items():
        require_bool(value, function, name)


def _order(x: Tensor, axis: int, descending: bool) -> Tensor:
    if not x.array.ndim:
        number = views.reshape(_order(views.reshape(x, shape=(1,)), 0, descending), shape=())
        number._base = None  # nobody has what it is a view of
        return number
    return tensor_of(sorting.order(x.array, axis, bool(descending)))


def _asked(
    given: tuple[Any, ...], dim: Any, descending: Any, stable: Any, function: str
) -> tuple[Any, Any]:
    """The dimension and whether the order falls: beside `stable` both are given by name."""
    if given and stable is not NOT_GIVEN:
        raise TypeError(
            f"{function}(): beside 'stable', 'dim' and 'descending' are given by name, got "
            f"{len(given)} by position"
        )
    named = {"dim": dim, "descending": descending}
    found = {"dim": -1, "descending": False} | by_name(given, tuple(named), named, function)
    return found["dim"], found["descending"]


def sort(
    input: Tensor,
    *given: Any,
    dim: int = NOT_GIVEN,
    descending: bool = NOT_GIVEN,
    stable: bool | None = NOT_GIVEN,
) -> return_types.sort:
    """Elements in order along a dimension, the last by default, and where they were.

    `dim` and `descending` may be given by position where `stable` is left out. Equal elements stay
    in order, whether `stable` or not.

    >>> import minigrad as torch
    >>> torch.sort(torch.tensor([2, 3, 1])).indices
    tensor([2, 0, 1])
    """
    require_tensor(input, "sort")
    dim, descending = _asked(given, dim, descending, stable, "sort")
    with_stable = stable is not NOT_GIVEN and stable is not None
    _require_bools("sort", descending=descending, stable=with_stable and stable)
    axis = axis_of(input, dim)
    indices = _order(input, axis, descending)
    named = f"SortBackward{with_stable:d}"
    values = gathering.gather(
        input,
        watched=[indices],
        named=named,
        axis=axis,
        index=indices.array,
        in_its_order=True,
    )
    return return_types.sort(values, indices)


def argsort(
    input: Tensor,
    *given: Any,
    dim: int = NOT_GIVEN,
    descending: bool = NOT_GIVEN,
    stable: bool = NOT_GIVEN,
) -> Tensor:
    """Where the elements were that are first, second, ... in order along a dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.argsort(torch.tensor([30, 10, 20]))
    tensor([1, 2, 0])
    """
    require_tensor(input, "argsort")
    dim, descending = _asked(given, dim, descending, stable, "argsort")
    stable = stable is not NOT_GIVEN and stable
    _require_bools("argsort", descending=descending, stable=stable)
    # As PyTorch does: it asks a view whether its values still have a history.
    return sort(input, dim=dim, descending=descending, stable=stable).indices


def msort(input: Tensor) -> Tensor:
    """Elements in order along the first dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.msort(torch.tensor([[3, 1], [2, 4]]))
    tensor([[2, 1],
            [3, 4]])
    """
    return sort(input, 0)[0]


def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> return_types.topk:
    """The `k` largest (or smallest) elements along a dimension in order, and where they were.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.topk(torch.tensor([3, 1, 4, 1, 5]), 2).values
    tensor([5, 4])
    """
    require_tensor(input, "topk")
    _require_bools("topk", largest=largest, sorted=sorted)
    count, axis = integer(k, "k", "topk", size=True), axis_of(input, dim)
    if input.array.dtype.kind == "b":
        raise RuntimeError("topk does not support bool dtypes on CPU")
    size = input.array.shape[axis] if input.array.ndim else 1
    if not 0 <= count <= size:
        raise RuntimeError("selected index k out of range")
    indices = _order(input, axis, largest)
    if input.array.ndim:
        indices = copies.clone(indices[(*[slice(None)] * axis, slice(count))])
    values = gathering.gather(
        input, watched=[indices], named="TopkBackward0", axis=axis, index=indices.array
    )
    return return_types.topk(values, indices)


def unique(
    input: Tensor,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Tensor | tuple[Tensor, ...]:
    """The distinct elements in order, or the distinct parts along a dimension.

    On request also where each element's value is among them, and how often each came. Each NaN is
    distinct. There is no gradient, as in PyTorch.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([3, 1, 3])
    >>> torch.unique(x)
    tensor([1, 3])
    >>> torch.unique(x, return_inverse=True, return_counts=True)
    (tensor([1, 3]), tensor([1, 0, 1]), tensor([1, 2]))
    """
    require_tensor(input, "unique")
    _require_bools(
        "unique", sorted=sorted, return_inverse=return_inverse, return_counts=return_counts
    )
    reading_value("unique")
    axis = None if dim is None else _axis_of_parts(input, dim)
    _, first, inverse, counts = np.unique(
        input.array, return_index=True, return_inverse=True, return_counts=True, axis=axis,
        equal_nan=False,
    )  # fmt: skip
    if axis is None:
        name, parts = "_unique2", views.reshape(input.contiguous(), shape=(input.array.size,))
    else:
        name, parts = "unique_dim", movedim(input, axis, 0)
    distinct = index_select(parts, 0, tensor_of(first.astype(np.int64)))
    values = without_derivative(
        distinct if axis is None else movedim(distinct, 0, axis),
        named="Unique2Backward0" if axis is None else "UniqueDimBackward0",
        kind=NotImplementedError,
        message=f"the derivative for '{name}' is not implemented.",
    )
    found = [values]
    if return_inverse:
        found.append(tensor_of(inverse.astype(np.int64)))
    if return_counts:
        found.append(tensor_of(counts.astype(np.int64)))
    return found[0] if len(found) == 1 else tuple(found)


def _axis_of_parts(input: Tensor, dim: Any) -> int:
    """The dimension along which there are distinct parts, which must have elements."""
    dim = integer(dim, "dim", "unique_dim")
    if not input.array.ndim:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    axis = axis_of(input, dim)
    if any(not size for at, size in enumerate(input.array.shape) if at != axis):
        raise RuntimeError(
            "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied"
        )
    return axis
