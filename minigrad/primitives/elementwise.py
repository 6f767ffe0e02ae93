"""How do primitives start NumPy's functions: without warnings, into new arrays."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import launch
from ..memory_order import empty_in_order
from ..tensor import Array


def quietly(function: np.ufunc) -> Callable[..., None]:
    """A NumPy function whose infinities and NaN raise no warning, as PyTorch's do not."""

    def quiet(*operands: Any) -> None:
        *inputs, out = operands
        with np.errstate(all="ignore"):
            function(*inputs, out=out)

    quiet.__name__ = function.__name__
    return quiet


def elementwise(function: Callable[..., Any], *operands: Array, dtype: Any = None) -> Array:
    """Launch a NumPy function of arrays into a new array, by default of the first one's dtype."""
    shape = operands[0].shape
    if len(operands) > 1:
        shape = functools.reduce(broadcast_shape, [each.shape for each in operands])
    out = empty_in_order(shape, dtype or operands[0].dtype, *operands)
    launch(function, *operands, out)
    return out
