"""Powers of tensors and numbers."""

from __future__ import annotations

import builtins

from .. import dtypes
from ..broadcast import broadcast_shape
from ..primitives import powers
from ..tensor import Number, Operand, Tensor
from . import arguments
from .filling import filling
from .promotion import as_operand, as_tensor_of, operand_in


def pow(input: Operand, exponent: Operand) -> Tensor:
    """Raise to a power, element by element.

    Parameters
    ----------
    input, exponent : Tensor or number
        One of them is a tensor. Whole numbers cannot be raised to a negative number; to negative
        elements of a tensor they give the whole part of the result.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.pow(torch.tensor([1.0, 2.0, 3.0]), 2)
    tensor([1., 4., 9.])
    >>> 2 ** torch.tensor([1, 2, 3])
    tensor([2, 4, 8])
    """
    base = as_operand(input, "pow", "input", 1)
    power = as_operand(exponent, "pow", "exponent", 2)
    if isinstance(power, Tensor):
        return _to_tensor(base, power)
    if isinstance(base, Tensor):
        return _to_number(base, power)
    raise TypeError(
        f"pow(): one of input and exponent must be Tensor, got {type(base).__name__} and "
        f"{type(power).__name__}"
    )


def _to_number(x: Tensor, exponent: Number) -> Tensor:
    dtype = dtypes.result_type(x, exponent)
    if dtype is dtypes.bool:  # x, or all True for the exponent False
        return as_tensor_of(powers.power(x.to(dtypes.int64), exponent=int(exponent)), dtype)
    if not dtype.is_floating_point and exponent < 0:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    if not dtype.is_floating_point:
        exponent = filling(exponent, dtype, "exponent")
    plain = int(exponent) if isinstance(exponent, builtins.bool) else exponent
    return powers.power(as_tensor_of(x, dtype), exponent=plain)


def _to_tensor(base: Operand, exponent: Tensor) -> Tensor:
    dtype = dtypes.result_type(base, exponent)
    if not isinstance(base, Tensor) and dtype.is_floating_point:
        y = operand_in(exponent, dtype)
        return powers.power_of(y, named="PowBackward2", base=float(base))
    if isinstance(base, Tensor):
        broadcast_shape(base.array.shape, exponent.array.shape)
    if dtype is dtypes.bool:
        raise NotImplementedError("\"pow\" not implemented for 'Bool'")
    if not isinstance(base, Tensor):  # a result that lies in order, whatever the exponent does
        exponent = exponent.contiguous()
    y = exponent if exponent.dtype is dtypes.bool else operand_in(exponent, dtype)
    return powers.tensor_power(operand_in(base, dtype), y, named="PowBackward1")


def square(input: Tensor) -> Tensor:
    """Multiply each element with itself.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.square(torch.tensor([-2.0, 3.0]))
    tensor([4., 9.])
    """
    arguments.require_tensor(input, "square")
    return pow(input, 2)
