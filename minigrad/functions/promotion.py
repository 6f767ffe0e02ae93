"""How do operands of different types, and Python numbers, come to one dtype?"""

from __future__ import annotations

import builtins

import numpy as np

from .. import arrays, dtypes
from ..tensor import Operand, Tensor
from .conversion import convert


def as_tensor_of(value: Operand, dtype: dtypes.dtype) -> Tensor:
    """A tensor of the dtype: a Python number becomes a tensor without dimensions."""
    if isinstance(value, Tensor):
        return value if value.array.dtype == dtype.numpy else convert(value, dtype)
    return Tensor(arrays.full((), dtype.numpy, value))


def promoted(a: Operand, b: Operand) -> tuple[Tensor, Tensor]:
    a = a.item() if isinstance(a, np.generic) else a
    b = b.item() if isinstance(b, np.generic) else b
    for operand in (a, b):
        if not isinstance(operand, (Tensor, builtins.bool, int, float)):
            raise TypeError(
                f"unsupported operand type: expected a Tensor or a number, got {type(operand)!r}"
            )
    if isinstance(a, Tensor) and isinstance(b, Tensor) and a.array.dtype == b.array.dtype:
        return a, b
    dtype = dtypes.result_type(a, b)
    return as_tensor_of(a, dtype), as_tensor_of(b, dtype)


def floating(x: Tensor) -> Tensor:
    return x if x.array.dtype.kind == "f" else convert(x, dtypes.float32)
