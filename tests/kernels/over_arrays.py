"""Functions of a number, called in a loop over an array, as kernels call them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray


@functools.cache
def loop_over(function: Callable[..., Any]) -> Any:
    """What writes the function's results for an array into another."""

    @numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
    def over_array(x: NDArray[Any], out: NDArray[Any]) -> None:
        for i in range(x.size):
            out[i] = function(x[i])

    return over_array


def apply(function: Callable[..., Any], x: NDArray[Any]) -> NDArray[Any]:
    out = np.empty_like(x)
    loop_over(function)(x, out)
    return out


def assert_place_makes_no_difference(function: Callable[..., Any], values: NDArray[Any]) -> None:
    """Whatever stands before and behind a number, its result has the bits that it has alone."""
    alone = np.concatenate([apply(function, values[i : i + 1].copy()) for i in range(values.size)])
    for offset in range(32):
        for length in range(71):
            result = apply(function, values[offset : offset + length])
            assert result.tobytes() == alone[offset : offset + length].tobytes(), (offset, length)
