"""What is a number, and which one does a tensor of some dtype get when it is filled with it?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import dtypes
from ..tensor import Number

LARGEST = float(np.finfo(np.float32).max)


def plain(value: Any) -> Any:
    """NumPy's numbers as Python's, np.bool_ as a float, as PyTorch has it; others as they are.

    An integer is an error if 64 bits, with or without a sign, do not hold it; one of NumPy's if it
    needs the bit of the sign.
    """
    if type(value) is float:
        return value
    if isinstance(value, np.bool_):
        return float(value)
    if isinstance(value, np.uint64) and value >= 2**63:
        raise TypeError(f"an integer of 64 bits with a sign is required, got {value!r}")
    if isinstance(value, (np.integer, np.floating)):
        value = value.item()
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        raise OverflowError(
            "can't convert negative int to unsigned" if value < 0 else "int too big to convert"
        )
    return value


def is_within(value: Number, dtype: dtypes.dtype) -> bool:
    """Whether integers of a dtype stand for a number: those without a sign also for -1 to -255."""
    known = np.iinfo(dtype.numpy)
    least = -int(known.max) if known.min == 0 and isinstance(value, int) else int(known.min)
    return least <= value <= known.max


def wrapped(value: Number, dtype: dtypes.dtype) -> int:
    """A number cut to an integer, of which a dtype keeps the lowest bits."""
    known = np.iinfo(dtype.numpy)
    return (int(value) - int(known.min)) % 2**known.bits + int(known.min)


def filling(value: Any, dtype: dtypes.dtype, what: str) -> Number:
    """The number, cut to an integer for integers; an error if the dtype has none like it."""
    value = plain(value)
    if not isinstance(value, (bool, int, float)):
        raise TypeError(f"{what} must be a number or a Tensor, not {type(value).__name__}")
    if dtype is dtypes.bool:
        return bool(value)
    if dtype is dtypes.int64:
        if not -(2.0**63) <= value < 2.0**63:
            raise RuntimeError("value cannot be converted to type int64_t without overflow")
        return int(value)
    if dtype in dtypes.SMALL_INTEGERS:
        if not is_within(value, dtype):
            name = "int" if dtype is dtypes.int32 else f"{dtype.name}_t"
            raise RuntimeError(f"value cannot be converted to type {name} without overflow")
        return wrapped(value, dtype)
    if dtype is dtypes.float32 and math.isfinite(value) and abs(value) > LARGEST:
        raise RuntimeError("value cannot be converted to type float without overflow")
    return float(value)
