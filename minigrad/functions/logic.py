"""And, or, not, exclusive or; and which elements are numbers at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..primitives.elementwise import elementwise
from ..tensor import Array, Operand, Tensor, tensor_of
from . import arguments
from .promotion import promoted


def logical_and(input: Tensor, other: Tensor) -> Tensor:
    """Tell where both are not 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.logical_and(torch.tensor([1, 2, 0]), torch.tensor([True, False, True]))
    tensor([ True, False, False])
    """
    return _logical(np.logical_and, input, other, "logical_and")


def logical_or(input: Tensor, other: Tensor) -> Tensor:
    """Tell where one is not 0, or both are not.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.logical_or(torch.tensor([0, 2, 0]), torch.tensor([True, False, False]))
    tensor([ True,  True, False])
    """
    return _logical(np.logical_or, input, other, "logical_or")


def logical_xor(input: Tensor, other: Tensor) -> Tensor:
    """Tell where exactly one is not 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.logical_xor(torch.tensor([0, 2, 3]), torch.tensor([True, False, True]))
    tensor([ True,  True, False])
    """
    return _logical(np.logical_xor, input, other, "logical_xor")


def logical_not(input: Tensor) -> Tensor:
    """Tell where elements are 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.logical_not(torch.tensor([0.0, 2.0]))
    tensor([ True, False])
    """
    return _told(np.logical_not, input, "logical_not")


def _logical(function: Callable[..., Any], input: Tensor, other: Tensor, name: str) -> Tensor:
    arguments.require_tensor(input, name)
    arguments.require_tensor(other, name, "other", 2)
    # In one dtype: what is 0 in it counts as 0.
    a, b = promoted(input.detach(), other.detach(), name)
    return tensor_of(elementwise(function, a.array, b.array, dtype=np.bool_))


def _told(function: Callable[..., Any], input: Tensor, name: str) -> Tensor:
    arguments.require_tensor(input, name)
    return tensor_of(elementwise(function, input.array, dtype=np.bool_))


def isnan(input: Tensor) -> Tensor:
    """Tell where elements are NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.isnan(torch.tensor([1.0, 0.0]) / 0.0)
    tensor([False,  True])
    """
    return _told(np.isnan, input, "isnan")


def isinf(input: Tensor) -> Tensor:
    """Tell where elements are infinite.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.isinf(torch.tensor([1.0, -torch.inf, torch.nan]))
    tensor([False,  True, False])
    """
    return _told(np.isinf, input, "isinf")


def isfinite(input: Tensor) -> Tensor:
    """Tell where elements are neither infinite nor NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.isfinite(torch.tensor([1.0, -torch.inf, torch.nan]))
    tensor([ True, False, False])
    """
    arguments.require_tensor(input, "isfinite")
    arguments.require_history(input)
    return _told(np.isfinite, input, "isfinite")


def isreal(input: Tensor) -> Tensor:
    """Tell where elements are real numbers: everywhere, as there are no complex ones here.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.isreal(torch.tensor([1.0, torch.nan]))
    tensor([True, True])
    """
    return _told(_everywhere, input, "isreal")


def _everywhere(x: Array, out: Array) -> None:
    out.fill(True)


def bitwise_and(input: Operand, other: Operand) -> Tensor:
    """And bit by bit, of bools or whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bitwise_and(torch.tensor([5, 6]), 3)
    tensor([1, 2])
    """
    return _bitwise(np.bitwise_and, input, other, "bitwise_and")


def bitwise_or(input: Operand, other: Operand) -> Tensor:
    """Or bit by bit, of bools or whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bitwise_or(torch.tensor([5, 6]), 3)
    tensor([7, 7])
    """
    return _bitwise(np.bitwise_or, input, other, "bitwise_or")


def bitwise_xor(input: Operand, other: Operand) -> Tensor:
    """Exclusive or bit by bit, of bools or whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bitwise_xor(torch.tensor([5, 6]), 3)
    tensor([6, 5])
    """
    return _bitwise(np.bitwise_xor, input, other, "bitwise_xor")


def bitwise_not(input: Tensor) -> Tensor:
    """Not, bit by bit, of bools or whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> ~torch.tensor([True, False])
    tensor([False,  True])
    """
    arguments.require_tensor(input, "bitwise_not")
    if input.array.dtype.kind == "f":
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"bitwise_not_cpu\" not implemented for '{name}'")
    return tensor_of(elementwise(np.invert, input.array))


def bitwise_left_shift(input: Operand, other: Operand) -> Tensor:
    """Move the bits of whole numbers to the left, so many places; 0 for 64 or more, or below 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bitwise_left_shift(torch.tensor([1, -3]), 2)
    tensor([  4, -12])
    """
    return _bitwise(np.left_shift, input, other, "bitwise_left_shift", "lshift", "fb")


def bitwise_right_shift(input: Operand, other: Operand) -> Tensor:
    """Move the bits of whole numbers to the right, so many places; the sign stays.

    For 64 or more, or below 0, nothing else stays: that gives 0 or -1.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bitwise_right_shift(torch.tensor([9, -9]), 2)
    tensor([ 2, -3])
    """
    return _bitwise(np.right_shift, input, other, "bitwise_right_shift", "rshift", "fb")


def _bitwise(
    function: Callable[..., Any],
    input: Any,
    other: Any,
    name: str,
    kernel: str | None = None,
    refused: str = "f",
) -> Tensor:
    """A function of the bits of two operands, of all kinds but those refused."""
    if not isinstance(input, Tensor):
        arguments.require_tensor(other, name, "other", 2)
    x, y = promoted(input, other, name)
    broadcast_shape(x.array.shape, y.array.shape)
    if x.array.dtype.kind in refused:
        raise NotImplementedError(
            f"\"{kernel or name}_cpu\" not implemented for '{x.dtype.scalar_type}'"
        )
    return tensor_of(elementwise(function, x.array, y.array))
