"""How do primitives start NumPy's functions: without warnings, into new arrays."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..kernels.kernel import Kernel
from ..launch import empty, launch
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


def elementwise(
    function: Callable[..., Any],
    *operands: Array,
    dtype: Any = None,
    native: Kernel | None = None,
) -> Array:
    """Launch a NumPy function of arrays into a new array, by default of the first one's dtype.

    Or a kernel that does the same, where it can: for floating-point numbers of one dtype, of one
    shape or single ones, that lie side by side.
    """
    shape = operands[0].shape
    if len(operands) > 1:
        shape = functools.reduce(broadcast_shape, [each.shape for each in operands])
    if native is not None:
        given = [_as_kernels_see_it(each, shape) for each in operands]
        kind = operands[0].dtype
        if kind.kind == "f" and all(each is not None and each.dtype is kind for each in given):
            out = empty(shape, kind)
            launch(native, *given, out)
            return out
    out = empty_in_order(shape, dtype or operands[0].dtype, *operands)
    launch(function, *operands, out)
    return out


def _as_kernels_see_it(operand: Array, shape: tuple[int, ...]) -> Array | None:
    """An operand of a shape, or one number; None for what else there is."""
    if operand.shape == shape and operand.flags.carray:
        return operand
    if operand.size > 1 and _is_one_number(operand):
        operand = operand[(slice(0, 1),) * operand.ndim]
    return operand if operand.size == 1 and operand.flags.carray else None


def _is_one_number(operand: Array) -> bool:
    """Whether all elements are one place in memory, as those of an expanded number are."""
    return all(not step or n == 1 for n, step in zip(operand.shape, operand.strides, strict=True))
