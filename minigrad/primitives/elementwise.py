"""How do primitives start NumPy's functions: without warnings, into new arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..arrays import assign, contiguous
from ..broadcast import broadcast_shape
from ..kernels.kernel import Kernel
from ..launch import empty, launch
from ..memory_order import empty_in_order
from ..tensor import Array
from .operands import for_kernels


def quietly(function: np.ufunc) -> Callable[..., None]:
    """A NumPy function whose infinities and NaN raise no warning, as PyTorch's do not."""

    def quiet(*operands: Any) -> None:
        *inputs, out = operands
        with np.errstate(all="ignore"):
            function(*inputs, out=out)

    quiet.__name__ = function.__name__
    return quiet


def elementwise(
    function: Callable[..., Any],
    *operands: Array,
    dtype: Any = None,
    native: Kernel | None = None,
) -> Array:
    """Launch a NumPy function of arrays into a new array, by default of the first one's dtype.

    Or a kernel that does the same, for operands that it can have.
    """
    shape = operands[0].shape
    for each in operands[1:]:
        shape = broadcast_shape(shape, each.shape)
    out = empty_in_order(shape, dtype or operands[0].dtype, *operands)
    given = for_kernels(operands, shape) if native is not None and out.flags.carray else None
    if native is not None and given is not None:
        launch(native, *given, out)
    else:
        launch(function, *operands, out)
    return out


def by_kernel(function: Kernel, x: Array) -> Array:
    """Launch a kernel into a new array, which lies in memory in the order that x does."""
    if x.flags.carray:
        out = empty(x.shape, x.dtype)
        launch(function, x, out)
        return out
    work, out = empty(x.shape, x.dtype), empty_in_order(x.shape, x.dtype, x)
    launch(function, contiguous(x), work)
    launch(assign, work, out)
    return out
