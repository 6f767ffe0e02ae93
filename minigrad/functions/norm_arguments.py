"""Which numbers have a norm, and in which dtype?"""

from __future__ import annotations

from .. import dtypes
from ..tensor import Tensor
from .promotion import as_tensor_of


def require_floating(x: Tensor, function: str) -> None:
    """Raise unless there can be a norm of such numbers."""
    if x.array.dtype.kind != "f":
        raise RuntimeError(
            f"{function}: Expected a floating point or complex tensor as input. Got "
            f"{x.dtype.scalar_type}"
        )


def converted(x: Tensor, dtype: dtypes.dtype, function: str) -> Tensor:
    """In a dtype of floating point that is no narrower."""
    if not dtype.is_floating_point:
        raise RuntimeError(
            f"{function}: dtype should be floating point or complex, but got {dtype.scalar_type}"
        )
    if dtype.itemsize < x.array.itemsize:
        raise RuntimeError(
            f"{function}: the dtype of the input ({x.dtype.scalar_type}) should be "
            f"convertible without narrowing to the specified dtype ({dtype.scalar_type})"
        )
    return as_tensor_of(x, dtype)
