"""Sums, products and quotients of tensors and numbers, with PyTorch's promotion of types."""

from __future__ import annotations

import warnings
from types import NoneType
from typing import Any

from ..broadcast import broadcast_shape
from ..primitives import arithmetic, whole_quotients
from ..primitives.without_derivative import without_derivative
from ..tensor import Number, Operand, Tensor
from . import arguments
from .promotion import as_tensor_of, floating, promoted, takes_all_bits


def add(input: Operand, other: Operand, *last: Operand, alpha: Number = 1) -> Tensor:
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
    if type(alpha) is not int or alpha != 1:
        b = _scaled(b, alpha, "add")
    return arithmetic.add(a, b)


def sub(input: Operand, other: Operand, *last: Operand, alpha: Number = 1) -> Tensor:
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


def _factor_behind(
    other: Operand, last: tuple[Number, ...], alpha: Number, function: str
) -> Number:
    """`alpha`, which may stand behind another number by position."""
    if not last:
        return alpha
    if len(last) > 1 or alpha != 1:
        raise TypeError(
            f"{function}(): got {1 + len(last)} arguments by position, alpha={alpha!r}"
        )
    arguments.number(other, function, "other", 2)  # no tensor with dimensions
    return arguments.number(last[0], function, "alpha", 3)


def _in_former_order(
    first: Any, last: tuple[Any, ...], alpha: Number, function: str
) -> tuple[Operand, Number]:
    """`other` and `alpha` of a call with both by position, of which `alpha` comes first."""
    if len(last) > 1 or alpha != 1:
        raise TypeError(
            f"{function}(): give 'other', and 'alpha' by name, got {1 + len(last)} arguments by "
            f"position and alpha={alpha!r}"
        )
    warnings.warn(
        f"{function}(input, alpha, other) is deprecated: write {function}(input, other, "
        "alpha=alpha)",
        stacklevel=4,
    )
    return last[0], arguments.number(first, function, "alpha", 2)


def subtract(input: Operand, other: Operand, *last: Number, alpha: Number = 1) -> Tensor:
    """Subtract, as `sub` does; `alpha` may be given by position, behind a number.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.subtract(torch.tensor([1, 2]), 3, 10)
    tensor([-29, -28])
    """
    return sub(input, other, alpha=_factor_behind(other, last, alpha, "subtract"))


def rsub(input: Operand, other: Operand, *last: Number, alpha: Number = 1) -> Tensor:
    """Subtract `input`, times `alpha`, from `other`; for `alpha` see `subtract`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.rsub(torch.tensor([1, 2]), 10)
    tensor([9, 8])
    """
    arguments.require_tensor(input, "rsub")
    alpha = _factor_behind(other, last, alpha, "rsub")
    named = "RsubBackward0" if isinstance(other, Tensor) else "RsubBackward1"
    return _difference(other, input, alpha, named)


def _difference(a: Operand, b: Operand, alpha: Number, named: str | None = None) -> Tensor:
    x, y = promoted(a, b, "sub")
    if type(alpha) is not int:
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
    if type(alpha) is not int or alpha != 1:
        y = _scaled(y, alpha, "sub")
    return arithmetic.subtract(x, y, named=named)


def _is_bool(operand: Operand) -> bool:
    if isinstance(operand, Tensor):
        return operand.array.dtype.kind == "b"
    return isinstance(operand, bool)


def _scaled(x: Tensor, alpha: Any, function: str) -> Tensor:
    """x · alpha, in the dtype of x."""
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
    return arithmetic.scale(x, factor=as_tensor_of(alpha, x.dtype).array.item())


def mul(input: Operand, other: Operand) -> Tensor:
    """Multiply element by element.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.mul(torch.tensor([[1], [2]]), torch.tensor([0.5, 3.0]))
    tensor([[0.5000, 3.0000],
            [1.0000, 6.0000]])
    """
    return arithmetic.multiply(*promoted(input, other, "mul"))


def div(input: Operand, other: Operand, *, rounding_mode: str | None = None) -> Tensor:
    """Divide element by element; whole numbers give the default dtype unless rounded.

    Parameters
    ----------
    input, other : Tensor or number
    rounding_mode : {None, "trunc", "floor"}
        Towards 0, or towards minus infinity. Then the gradient is 0, whole numbers stay whole,
        and dividing them by 0 is a RuntimeError.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.div(torch.tensor([-7, 7]), 2, rounding_mode="trunc")
    tensor([-3,  3])
    """
    if not isinstance(rounding_mode, (str, NoneType)):
        raise TypeError(
            f"div(): argument 'rounding_mode' must be str, not {type(rounding_mode).__name__}"
        )
    if rounding_mode is None:  # then it is done in floating point, which has larger integers
        if takes_all_bits(other, input):
            other = float(other)  # type: ignore[arg-type]
        if takes_all_bits(input, other):
            input = float(input)  # type: ignore[arg-type]
    x, y = promoted(input, other, "div")
    if rounding_mode is None:
        return arithmetic.divide(floating(x), floating(y))
    if rounding_mode not in ("trunc", "floor"):
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
            f"'{rounding_mode}'"
        )
    x, y = _not_bool(x, y, f"div_{rounding_mode}_cpu")
    if rounding_mode == "floor":
        return whole_quotients.floor_quotient(x, y, named="DivBackward2")
    return whole_quotients.truncated_quotient(x, y, named="DivBackward2")


def true_divide(input: Operand, other: Operand) -> Tensor:
    """Divide element by element, as `div` without rounding.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.true_divide(torch.tensor([1, 4]), 2)
    tensor([0.5000, 2.0000])
    """
    return div(input, other)


def floor_divide(input: Operand, other: Operand) -> Tensor:
    """Divide and round towards minus infinity; has no gradient, as in PyTorch.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.floor_divide(torch.tensor([-7, 7]), 2)
    tensor([-4,  3])
    """
    x, y = _not_bool(*promoted(input, other, "floor_divide"), "div_floor_cpu")
    quotient = whole_quotients.floor_quotient(x, y)
    return refusing_a_gradient(quotient, "floor_divide")


def remainder(input: Operand, other: Operand) -> Tensor:
    """Give what floor division leaves over; it has the sign of `other`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.remainder(torch.tensor([-7.0, 7.0]), 4)
    tensor([1., 3.])
    """
    if not isinstance(input, Tensor):
        arguments.require_tensor(other, "remainder", "other", 2)
    x, y = _not_bool(*promoted(input, other, "remainder"), "remainder_cpu")
    named = "RemainderBackward1" if isinstance(other, Tensor) else "RemainderBackward0"
    result = whole_quotients.remainder(x, y, named=named)
    return result if isinstance(input, Tensor) else refusing_a_gradient(result, "remainder")


def _not_bool(x: Tensor, y: Tensor, kernel: str) -> tuple[Tensor, Tensor]:
    broadcast_shape(x.array.shape, y.array.shape)
    if x.array.dtype.kind == "b":
        raise NotImplementedError(f"\"{kernel}\" not implemented for 'Bool'")
    return x, y


def refusing_a_gradient(x: Tensor, function: str) -> Tensor:
    """The result of what has no derivative, if it wants one: backward raises."""
    if not x._requires_grad:
        return x
    message = f"derivative for aten::{function} is not implemented"
    return without_derivative(x, named="NotImplemented", kind=RuntimeError, message=message)


def neg(input: Tensor) -> Tensor:
    """Give -x; bools have no negative.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.neg(torch.tensor([1, -2]))
    tensor([-1,  2])
    """
    arguments.require_tensor(input, "neg")
    if input.array.dtype.kind == "b":
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )
    return arithmetic.negative(input)


def positive(input: Tensor) -> Tensor:
    """Give the tensor itself.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([-1.0])
    >>> torch.positive(x) is x
    True
    """
    arguments.require_tensor(input, "positive")
    if input.array.dtype.kind == "b":
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


def reciprocal(input: Tensor) -> Tensor:
    """Give 1 / x; infinite at 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.reciprocal(torch.tensor([2, 0]))
    tensor([0.5000,    inf])
    """
    arguments.require_tensor(input, "reciprocal")
    return arithmetic.reciprocal(floating(input))


# PyTorch has these under a second name.
multiply, divide, negative = mul, div, neg
