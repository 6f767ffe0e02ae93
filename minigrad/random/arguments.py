"""Which arguments can random numbers be drawn for? The checks that several ways to draw share."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from .. import dtypes

Array = np.ndarray[Any, Any]

NAMES = {each.name: each.scalar_type for each in dtypes.EVERY}
DTYPES = frozenset(np.dtype(name) for name in NAMES)


def number(value: float, function: str, name: str, position: int) -> float:
    """The value as a float, if it is a number."""
    if not isinstance(value, int | float | np.number):
        raise TypeError(
            f"{function}(): argument {name!r} (position {position}) must be float, "
            f"not {type(value).__name__}"
        )
    return float(value)


def integer(value: int, name: str) -> int:
    """The value as an int, if it is an integer of 64 bits."""
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise TypeError(f"random_(): argument {name!r} must be int, not {type(value).__name__}")
    if not -(2**63) <= value < 2**63:
        raise ValueError("Overflow when unpacking long long")
    return operator.index(value)


def expect_floating(array: Array, function: str) -> None:
    """Refuse all dtypes but float32 and float64."""
    if array.dtype.char not in "fd":  # its name takes a microsecond to make
        raise unsupported(function, array)


def unsupported(function: str, array: Array) -> NotImplementedError:
    """PyTorch's error where a function is not there for the array's dtype."""
    name = NAMES.get(array.dtype.name, array.dtype.name)
    return NotImplementedError(f'"{function}" not implemented for {name!r}')
