"""An array as lines along one of its dimensions, whichever that is: what softmax works on."""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

import numpy as np

from ..functions.arguments import require_floating
from ..kernels.elementary import exactly
from ..kernels.kernel import Array, Operand
from ..kernels.sums import largest_of, total_of
from ..kernels.wide import exp
from ..launch import empty, launch
from ..tensor import Tensor

# A kernel's operand (before, n, after): lines[b, :, a] is one line, of n elements.
Lines: TypeAlias = Annotated[Array, Operand(3)]


def lines_along(array: Array, dim: int) -> Array:
    """A view (before, n, after) of a C-contiguous array; a single number is a line of one."""
    shape = array.shape or (1,)
    return array.reshape(math.prod(shape[:dim]), shape[dim], math.prod(shape[dim + 1 :]))


@exactly  # type: ignore[untyped-decorator]
def exponentials(x: Array, b: int, a: int, powers: Array) -> Any:
    """Write e^(x - largest) of one line into `powers`; return the largest, and their sum less 1.

    In float64. The largest is taken off so that no power overflows and not all of them vanish.
    Its own power is the 1 that the sum leaves out: added to it, small ones would be lost.
    """
    line = x.reshape(-1)[b * x.shape[1] * x.shape[2] + a :: x.shape[2]]
    for k in range(powers.size):
        powers[k] = line[k]
    largest, at = largest_of(powers), 0
    while at < powers.size - 1 and powers[at] != largest:
        at += 1
    for k in range(powers.size):
        powers[k] = exp(powers[k] - largest, line[0])
    others = powers[at] - 1.0  # 0, or NaN where the largest is infinite
    powers[at] = 0.0
    others += total_of(powers)
    powers[at] = 1.0
    return largest, others


def require_floating_lines(x: Tensor, dim: int, function: str) -> None:
    """Raise for integers, in PyTorch's words, which tell the last dimension from others."""
    last = "_lastdim" if dim == max(x.array.ndim - 1, 0) else ""
    require_floating(x, f"{function}{last}_kernel_impl")


def largest_along(x: Tensor, dim: int) -> Tensor:
    """The largest element of each line, a constant: what definitions take off."""
    shape = x.array.shape
    largest = empty((*shape[:dim], 1, *shape[dim + 1 :])[: len(shape)], x.array.dtype)
    launch(_largest, x.array, dim, largest)
    return Tensor(largest)


def _largest(x: Array, dim: int, out: Array) -> None:
    if x.size:
        np.max(x, axis=dim if x.ndim else None, keepdims=True, out=out)
