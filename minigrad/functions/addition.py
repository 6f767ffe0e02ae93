"""Sums and differences of tensors and numbers, with a factor; PyTorch's promotion of types."""

from __future__ import annotations

import warnings
from typing import Any

from ..primitives import arithmetic
from ..tensor import Number, Operand, Tensor
from . import arguments
from .filling import filling
from .promotion import as_tensor_of, promoted
from .sizes import NOT_GIVEN


def add(input: Operand, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
    """Add `other`, times `alpha`.

    Parameters
    ----------
    input, other : Tensor or number
        Their shapes are broadcast, their dtypes promoted.
    alpha : number
        A float only if the result is floating point. It may stand in front of `other` by
        position, which is deprecated.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.add(torch.tensor([1.0, 2.0]), torch.tensor([10.0]), alpha=2)
    tensor([21., 22.])
    """
    if last:
        other, alpha = _in_former_order(other, last, alpha, "add")
    a, b = promoted(input, other, "add")
    if alpha is not NOT_GIVEN:
        b = _scaled(b, alpha, "add")
    return arithmetic.add(a, b)


def sub(input: Operand, other: Operand, *last: Operand, alpha: Number = NOT_GIVEN) -> Tensor:
    """Subtract `other`, times `alpha`; bools cannot be subtracted.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sub(torch.tensor([1, 2]), 3)
    tensor([-2, -1])
    """
    if last:
        other, alpha = _in_former_order(other, last, alpha, "sub")
    return _difference(input, other, alpha)


def subtract(input: Operand, other: Operand, *last: Number, alpha: Number = NOT_GIVEN) -> Tensor:
    """Subtract, as `sub` does; `alpha` may be given by position, behind a number.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.subtract(torch.tensor([1, 2]), 3, 10)
    tensor([-29, -28])
    """
    if not last:
        return sub(input, other, alpha=alpha)
    other, alpha = _with_factor_behind(other, last, alpha, "subtract")
    return _difference(input, other, alpha, "SubBackward1")


def rsub(input: Operand, other: Operand, *last: Number, alpha: Number = NOT_GIVEN) -> Tensor:
    """Subtract `input`, times `alpha`, from `other`; for `alpha` see `subtract`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.rsub(torch.tensor([1, 2]), 10)
    tensor([9, 8])
    """
    arguments.require_tensor(input, "rsub")
    if last:
        other, alpha = _with_factor_behind(other, last, alpha, "rsub")
    named = "RsubBackward0" if isinstance(other, Tensor) else "RsubBackward1"
    return _difference(other, input, alpha, named)


def _in_former_order(
    first: Any, last: tuple[Any, ...], alpha: Number, function: str
) -> tuple[Operand, Number]:
    """`other` and `alpha` of a call with both by position, of which `alpha` comes first."""
    if len(last) > 1 or alpha is not NOT_GIVEN:
        raise TypeError(
            f"{function}(): give 'other', and 'alpha' by name; got {1 + len(last)} arguments by "
            "position"
        )
    warnings.warn(
        f"{function}(input, alpha, other) is deprecated: write {function}(input, other, "
        "alpha=alpha)",
        stacklevel=4,
    )
    return last[0], arguments.number(first, function, "alpha", 2)


def _with_factor_behind(
    other: Operand, last: tuple[Number, ...], alpha: Number, function: str
) -> tuple[Number, Number]:
    """`other` and `alpha` of a call with both by position, which are numbers."""
    if len(last) > 1 or alpha is not NOT_GIVEN:
        raise TypeError(
            f"{function}(): give 'alpha' by position or by name; got {1 + len(last)} arguments by "
            "position"
        )
    subtracted = arguments.number(other, function, "other", 2)  # no tensor with dimensions
    return subtracted, arguments.number(last[0], function, "alpha", 3)


def _difference(a: Operand, b: Operand, alpha: Number, named: str | None = None) -> Tensor:
    x, y = promoted(a, b, "sub")
    if alpha is not NOT_GIVEN and type(alpha) is not int:
        alpha = arguments.number(alpha, "sub", "alpha", 3)
    if x.array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
            "or `logical_xor()` operator instead."
        )
    if _is_bool(a) or _is_bool(b):
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are "
            "trying to invert a mask, use the `~` or `logical_not()` operator instead."
        )
    if alpha is not NOT_GIVEN:
        y = _scaled(y, alpha, "sub")
    return arithmetic.subtract(x, y, named=named)


def _is_bool(operand: Operand) -> bool:
    if isinstance(operand, Tensor):
        return operand.array.dtype.kind == "b"
    return isinstance(operand, bool)


def _scaled(x: Tensor, alpha: Any, function: str) -> Tensor:
    """x · alpha, in the dtype of x."""
    if type(alpha) is int and alpha == 1:
        return x
    alpha = arguments.number(alpha, function, "alpha", 3)
    kind = x.array.dtype.kind
    if isinstance(alpha, bool) and kind != "b":
        raise RuntimeError("Boolean alpha only supported for Boolean results.")
    if isinstance(alpha, float) and kind != "f":
        raise RuntimeError(
            "For integral input tensors, argument alpha must not be a floating point number."
        )
    if kind == "b":
        return arithmetic.multiply(x, as_tensor_of(bool(alpha), x.dtype))
    return arithmetic.scale(x, factor=x.array.dtype.type(filling(alpha, x.dtype, "alpha")).item())
