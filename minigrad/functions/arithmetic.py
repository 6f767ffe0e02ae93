"""Products and quotients of tensors and numbers, with PyTorch's promotion of types."""

from __future__ import annotations

from types import NoneType

import numpy as np

from .. import dtypes
from ..broadcast import broadcast_shape
from ..primitives import arithmetic, whole_quotients
from ..primitives.without_derivative import without_derivative
from ..tensor import Operand, Tensor
from . import arguments
from .filling import plain
from .promotion import as_tensor_of, floating, is_floating, promoted, takes_all_bits
from .sizes import NOT_GIVEN

NO_DERIVATIVE = "minigrad::autograd::NotImplemented"


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


def div(input: Operand, other: Operand, *, rounding_mode: str | None = NOT_GIVEN) -> Tensor:
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
    named = None if rounding_mode is NOT_GIVEN else "DivBackward2"
    rounding_mode = None if rounding_mode is NOT_GIVEN else rounding_mode
    if not isinstance(rounding_mode, (str, NoneType)):
        raise TypeError(
            f"div(): argument 'rounding_mode' must be str, not {type(rounding_mode).__name__}"
        )
    if rounding_mode is None and not (is_floating(input) or is_floating(other)):
        input, other = _as_floats(input, other), _as_floats(other, input)
    x, y = promoted(input, other, "div")
    if rounding_mode is None:
        return arithmetic.divide(floating(x), floating(y), named=named)
    if rounding_mode not in ("trunc", "floor"):
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
            f"'{rounding_mode}'"
        )
    x, y = _not_bool(x, y, f"div_{rounding_mode}_cpu")
    if rounding_mode == "floor":
        return whole_quotients.floor_quotient(x, y, named=named)
    return whole_quotients.truncated_quotient(x, y, named=named)


def _as_floats(operand: Operand, beside: Operand) -> Operand:
    """Whole numbers as floats: the dtype of integers that both operands get may not hold both."""
    if isinstance(operand, (int, np.integer)) and not isinstance(operand, bool):
        number = plain(operand)
        if takes_all_bits(number, beside):
            return float(number)
        return floating(as_tensor_of(number, dtypes.int64))
    return floating(operand) if isinstance(operand, Tensor) else operand


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
    arguments.refuse_bool(x, kernel)
    return x, y


def refusing_a_gradient(x: Tensor, function: str) -> Tensor:
    """The result of what has no derivative, if it wants one: backward raises."""
    if not x._requires_grad:
        return x
    message = f"derivative for aten::{function} is not implemented"
    return without_derivative(x, named=NO_DERIVATIVE, kind=RuntimeError, message=message)


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
