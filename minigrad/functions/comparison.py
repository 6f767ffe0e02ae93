"""Comparing and choosing, element by element."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, overload

import numpy as np

from .. import dtypes
from ..launch import reading_value
from ..primitives import selection
from ..primitives.comparing import COMPARISONS
from ..primitives.elementwise import elementwise
from ..site import users_level
from ..tensor import Operand, Tensor, tensor_of
from . import arguments
from .promotion import as_filling, as_operand, operand_in, promoted


def compare(function: Callable[..., Any], input: Tensor, other: Any, name: str) -> Tensor:
    """One of NumPy's comparisons, elementwise: a tensor of bool."""
    arguments.require_tensor(input, name)
    if isinstance(other, Tensor) and other.array.dtype != input.array.dtype:
        # No gradient flows through a comparison, so the conversion needs no place in the graph.
        input, other = input.detach(), other.detach()
    x, y = promoted(input, other, name)
    native = COMPARISONS.get(function)
    return tensor_of(elementwise(function, x.array, y.array, dtype=np.bool_, native=native))


def eq(input: Tensor, other: Operand) -> Tensor:
    """Tell where two are equal; NaN equals nothing.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.eq(torch.tensor([1, 2]), 2)
    tensor([False,  True])
    """
    return compare(np.equal, input, other, "eq")


def ne(input: Tensor, other: Operand) -> Tensor:
    """Tell where two differ.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, torch.nan])
    >>> torch.ne(x, x)  # NaN differs from itself
    tensor([False,  True])
    """
    return compare(np.not_equal, input, other, "ne")


def lt(input: Tensor, other: Operand) -> Tensor:
    """Tell where `input` is less than `other`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.lt(torch.tensor([1, 2]), torch.tensor([[2], [1]]))
    tensor([[ True, False],
            [False, False]])
    """
    return compare(np.less, input, other, "lt")


def le(input: Tensor, other: Operand) -> Tensor:
    """Tell where `input` is not greater than `other`; False for NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.le(torch.tensor([1.0, 2.0, torch.nan]), 1)
    tensor([ True, False, False])
    """
    return compare(np.less_equal, input, other, "le")


def gt(input: Tensor, other: Operand) -> Tensor:
    """Tell where `input` is greater than `other`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.gt(torch.tensor([1, 2]), 1)
    tensor([False,  True])
    """
    return compare(np.greater, input, other, "gt")


def ge(input: Tensor, other: Operand) -> Tensor:
    """Tell where `input` is not less than `other`; False for NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.ge(torch.tensor([1.0, 2.0, torch.nan]), 1)
    tensor([ True,  True, False])
    """
    return compare(np.greater_equal, input, other, "ge")


# PyTorch has these under a second name.
not_equal, less, less_equal, greater, greater_equal = ne, lt, le, gt, ge


class _Ungiven:
    """Stands for an operand of `where` that the caller left out."""


_UNGIVEN: Any = _Ungiven()


@overload
def where(condition: Tensor) -> tuple[Tensor, ...]: ...


@overload
def where(condition: Tensor, input: Operand, other: Operand) -> Tensor: ...


def where(condition: Tensor, input: Any = _UNGIVEN, other: Any = _UNGIVEN) -> Any:
    """Choose `input` where the condition holds, elsewhere `other`.

    Parameters
    ----------
    condition : Tensor
        Of bool. Alone, it may be of any dtype, and the positions where it is not 0 are given:
        a tensor for each dimension.
    input, other : Tensor or number
        Broadcast against the condition and each other.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([-1.0, 2.0])
    >>> torch.where(x > 0, x, 0.0)
    tensor([0., 2.])
    >>> torch.where(x > 0)
    (tensor([1]),)
    """
    arguments.require_tensor(condition, "where", "condition")
    if input is _UNGIVEN and other is _UNGIVEN:
        return _positions(condition)
    if input is _UNGIVEN or other is _UNGIVEN:
        raise TypeError("where(): input and other come together, but only one was given")
    if condition.array.dtype == np.uint8:
        warnings.warn(
            "where received a uint8 condition tensor. This behavior is deprecated and will be "
            "removed in a future version of PyTorch. Use a boolean condition instead.",
            stacklevel=users_level(),
        )
        condition = operand_in(condition, dtypes.bool)
    if condition.array.dtype.kind != "b":
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.scalar_type}"
        )
    a, b = as_operand(input, "where", "input", 2), as_operand(other, "where", "other", 3)
    dtype = dtypes.result_type(a, b)
    x, y = as_filling(a, dtype), as_filling(b, dtype)
    return selection.where(x, y, watched=[condition], condition=condition.array)


def _positions(condition: Tensor) -> tuple[Tensor, ...]:
    """Where a tensor is not 0: that many elements the result has."""
    reading_value("where(condition)")
    return tuple(tensor_of(each.copy()) for each in np.nonzero(np.atleast_1d(condition.array)))


def maximum(input: Tensor, other: Tensor) -> Tensor:
    """Give the larger of two, element by element; NaN if one is.

    Where both are equal each gets half the gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.maximum(torch.tensor([1, 4]), torch.tensor([2, 3]))
    tensor([2, 4])
    """
    arguments.require_tensor(input, "maximum")
    arguments.require_tensor(other, "maximum", "other", 2)
    return selection.maximum(*promoted(input, other))


def minimum(input: Tensor, other: Tensor) -> Tensor:
    """Give the smaller of two, element by element; NaN if one is.

    Where both are equal each gets half the gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.minimum(torch.tensor([1, 4]), torch.tensor([2, 3]))
    tensor([1, 3])
    """
    arguments.require_tensor(input, "minimum")
    arguments.require_tensor(other, "minimum", "other", 2)
    return selection.minimum(*promoted(input, other))
