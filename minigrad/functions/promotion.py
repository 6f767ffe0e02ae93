"""How do operands of different types, and numbers, come to one dtype?"""

from __future__ import annotations

import builtins
from typing import Any

from .. import arrays, dtypes
from ..grad_mode import is_grad_enabled
from ..tensor import Operand, Tensor, tensor_of
from .conversion import convert
from .filling import filling, plain, wrapped


def as_tensor_of(value: Operand, dtype: dtypes.dtype) -> Tensor:
    """A tensor of the dtype: a Python number becomes a tensor without dimensions."""
    if isinstance(value, Tensor):
        return value if value.array.dtype == dtype.numpy else convert(value, dtype)
    if dtype is dtypes.int64:
        value = filling(value, dtype, "an operand")
    elif dtype in dtypes.SMALL_INTEGERS:
        value = wrapped(value, dtype)
    return tensor_of(arrays.full((), dtype.numpy, value))


def as_filling(value: Operand, dtype: dtypes.dtype) -> Tensor:
    """The same, but an error if the dtype has no number like the Python number."""
    if not isinstance(value, Tensor):
        value = filling(value, dtype, "an operand")
    return as_tensor_of(value, dtype)


def as_operand(value: Any, function: str, name: str, position: int) -> Operand:
    """A tensor or a Python number, which NumPy's become."""
    if isinstance(value, (Tensor, float)):
        return value
    value = plain(value)
    if isinstance(value, (builtins.bool, int, float)):
        return value
    raise TypeError(
        f"{function}(): argument '{name}' (position {position}) must be Tensor or Number, not "
        f"{type(value).__name__}"
    )


def promoted(a: Any, b: Any, function: str = "operator") -> tuple[Tensor, Tensor]:
    """Two operands as tensors of the dtype that PyTorch's rules give."""
    if isinstance(a, Tensor):
        if isinstance(b, Tensor):
            if a.array.dtype == b.array.dtype:
                return a, b
        elif is_plain(b) and a.array.dtype.kind == "f":
            return a, tensor_of(arrays.full((), a.dtype.numpy, b))
    elif isinstance(b, Tensor) and is_plain(a) and b.array.dtype.kind == "f":
        return tensor_of(arrays.full((), b.dtype.numpy, a)), b
    a = as_operand(a, function, "input", 1)
    b = as_operand(b, function, "other", 2)
    dtype = dtypes.result_type(a, b)
    if dtype is dtypes.int64:
        if takes_all_bits(a, b):
            a -= 2**64  # type: ignore[operator]
        if takes_all_bits(b, a):
            b -= 2**64  # type: ignore[operator]
    return operand_in(a, dtype), operand_in(b, dtype)


def is_plain(value: Any) -> bool:
    """Whether it is one of Python's numbers that every floating-point dtype takes as it is."""
    return type(value) is float or (type(value) is int and -(2**63) <= value < 2**63)


def require_kind(dtype: dtypes.dtype, of_result: dtypes.dtype) -> None:
    """Raise unless numbers of a result's dtype can be written as those of another."""
    if dtypes.CATEGORY[of_result.numpy.kind] > dtypes.CATEGORY[dtype.numpy.kind]:
        raise RuntimeError(
            f"result type {of_result.scalar_type} can't be cast to the desired output type "
            f"{dtype.scalar_type}"
        )


def operand_in(value: Operand, dtype: dtypes.dtype) -> Tensor:
    """An operand in the common dtype; its gradient notices a change of the tensor it is of."""
    operand = as_tensor_of(value, dtype)
    if operand is not value and isinstance(value, Tensor):
        operand._version_cell = value._version_cell
    return operand


def takes_all_bits(value: Any, beside: Any) -> bool:
    """Whether a number needs all of 64 bits, so that as an int64 it would be a negative one."""
    if type(value) is not int or not 2**63 <= value < 2**64:
        return False
    return isinstance(beside, Tensor) and beside.array.dtype.kind in "iu"


def is_floating(operand: Any) -> bool:
    """Whether it is a tensor of floating point."""
    return isinstance(operand, Tensor) and operand.array.dtype.kind == "f"


def floating(x: Tensor) -> Tensor:
    """The tensor, if its elements are whole numbers or bools in the default dtype."""
    return x if x.array.dtype.kind == "f" else convert(x, dtypes.get_default_dtype())


def in_dtype(x: Tensor, dtype: Any, function: str) -> Tensor:
    """The tensor in the dtype that a reduction is asked to compute in, if it is."""
    if dtype is None:
        return x
    wanted = dtypes.as_dtype(dtype, function)
    if x._requires_grad and is_grad_enabled() and not wanted.is_floating_point:
        raise RuntimeError(f"Autograd not support dtype: {wanted.scalar_type}")
    return as_tensor_of(x, wanted)
