"""How do primitives start NumPy's functions: without warnings, into new arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import empty, launch
from ..tensor import Array


def quietly(function: np.ufunc) -> Callable[..., None]:
    """A NumPy function whose infinities and NaN raise no warning, as PyTorch's do not."""

    def quiet(*operands: Any) -> None:
        with np.errstate(all="ignore"):
            function(*operands)

    quiet.__name__ = function.__name__
    return quiet


def elementwise(function: Callable[..., Any], *operands: Array) -> Array:
    """Launch a NumPy function of one or two arrays into a new array."""
    shape = operands[0].shape
    if len(operands) == 2:
        shape = broadcast_shape(shape, operands[1].shape)
    out = empty(shape, operands[0].dtype)
    launch(function, *operands, out)
    return out
