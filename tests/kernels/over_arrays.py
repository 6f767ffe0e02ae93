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
