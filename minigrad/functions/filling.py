"""Which number does a tensor of some dtype get when it is filled with a Python number?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import dtypes
from ..tensor import Number

LARGEST = float(np.finfo(np.float32).max)


def filling(value: Any, dtype: dtypes.dtype, what: str) -> Number:
    """The number, cut to an integer for integers; an error if the dtype has none like it."""
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        value = value.item()
    if not isinstance(value, (bool, int, float)):
        raise TypeError(f"{what} must be a number or a Tensor, not {type(value).__name__}")
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        raise OverflowError(
            "can't convert negative int to unsigned" if value < 0 else "int too big to convert"
        )
    if dtype is dtypes.bool:
        return bool(value)
    if dtype is dtypes.int64:
        if not -(2.0**63) <= value < 2.0**63:
            raise RuntimeError("value cannot be converted to type int64_t without overflow")
        return int(value)
    if dtype is dtypes.float32 and math.isfinite(value) and abs(value) > LARGEST:
        raise RuntimeError("value cannot be converted to type float without overflow")
    return float(value)
