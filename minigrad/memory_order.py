"""In which order do the dimensions of a result lie in memory? In that of its operands.

So what is computed from a transposed matrix is transposed in memory too, as PyTorch's elementwise
results are: what can be viewed in another shape there can be here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .launch import empty

Array = np.ndarray[Any, Any]
Shape = tuple[int, ...]


def empty_in_order(shape: Shape, dtype: Any, *operands: Array) -> Array:
    """An array to be written, without gaps, in the order of operands that broadcast to a shape."""
    for each in operands:
        if not each.flags.c_contiguous:
            break
    else:
        return empty(shape, dtype)
    order = _order(shape, [_strides(each, shape) for each in operands])
    memory = empty(tuple(shape[axis] for axis in order), dtype)
    return memory.transpose(np.argsort(order).tolist())


def _order(shape: Shape, strides: Sequence[Shape]) -> list[int]:
    """The dimensions, that with the largest steps first.

    Not every two can be told apart, so how they are sorted matters: by insertion, from the last.
    """
    order = list(range(len(shape)))
    for start in reversed(range(len(shape) - 1)):
        place = start
        for other in range(start + 1, len(shape)):
            found = _compare(order[place], order[other], shape, strides)
            if found < 0:
                order[place], order[other] = order[other], order[place]
                place = other
            elif found > 0:
                break
    return order


def _compare(a: int, b: int, shape: Shape, strides: Sequence[Shape]) -> int:
    """Above 0 if dimension a has the larger steps, below if b, by the first operand that tells."""
    for steps in strides:
        if not steps[a] or not steps[b]:
            continue  # broadcast along one of them
        if steps[a] != steps[b]:
            return 1 if steps[a] > steps[b] else -1
        if shape[b] > shape[a]:
            return -1
    return 0


def _strides(operand: Array, shape: Shape) -> Shape:
    """How far each dimension of the shape moves in an operand; 0 where that is broadcast."""
    missing = len(shape) - operand.ndim
    own = zip(operand.strides, operand.shape, shape[missing:], strict=True)
    moves = (0 if size == 1 and wanted != 1 else step for step, size, wanted in own)
    return (0,) * missing + tuple(moves)
