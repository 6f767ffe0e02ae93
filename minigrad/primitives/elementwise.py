"""How do primitives start NumPy's functions: without warnings, into new arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    follows: Sequence[Array] = (),
) -> Array:
    """Launch a NumPy function of arrays into a new array, by default of the first one's dtype.

    Or a kernel that does the same, for operands that it can have. The new array lies in memory in
    the order of the operands, or of others that it `follows`.
    """
    if native is not None and dtype is None and _are_ready(operands):
        out = empty(operands[0].shape or operands[-1].shape, operands[0].dtype)
        launch(native, *operands, out)
        return out
    shape = operands[0].shape
    for each in operands[1:]:
        shape = broadcast_shape(shape, each.shape)
    out = empty_in_order(shape, dtype or operands[0].dtype, *(follows or operands))
    given = for_kernels(operands, shape) if native is not None and out.flags.carray else None
    if native is not None and given is not None:
        launch(native, *given, out)
    else:
        launch(function, *operands, out)
    return out


def _are_ready(operands: Sequence[Array]) -> bool:
    """Whether a kernel can take operands as they are: mostly; to know saves 0.7 of 3.3 µs."""
    shape, dtype = operands[0].shape or operands[-1].shape, operands[0].dtype
    if dtype.kind != "f":
        return False
    for each in operands:
        if (each.shape != shape and each.ndim) or each.dtype is not dtype:
            return False
        if not each.flags.carray:
            return False
    return True


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
