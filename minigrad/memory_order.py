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
        if not each.flags.c_contiguous or (1 in each.shape and not _has_usual_steps(each)):
            break
    else:
        return empty(shape, dtype)
    return empty_by_steps(shape, dtype, [steps_of(each, shape) for each in operands])


def _has_usual_steps(array: Array) -> bool:
    """Whether a contiguous array has them along dimensions of size 1, too."""
    step = array.itemsize
    for axis in range(array.ndim - 1, -1, -1):
        if array.strides[axis] != step:
            return False
        step *= array.shape[axis]
    return True


def empty_by_steps(shape: Shape, dtype: Any, strides: Sequence[Shape]) -> Array:
    """The same for operands that move so far along each dimension, 0 where they stay."""
    order = _order(shape, strides)
    memory = empty(tuple(shape[axis] for axis in order), dtype)
    return memory.transpose(np.argsort(order).tolist())


def order_of(array: Array) -> list[int]:
    """The dimensions of an array, that with the largest steps first."""
    return _order(array.shape, [array.strides])


def is_dense(array: Array) -> bool:
    """Whether the elements fill the memory that they lie in, in some order of the dimensions."""
    order = np.argsort(array.strides)[::-1]
    return bool(array.transpose(order).flags.c_contiguous)


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


def empty_for_images(shape: Shape, dtype: Any) -> Array:
    """An array of images, (N, C, ...), whose channels lie beside each other: channels last."""
    memory = empty((shape[0], *shape[2:], shape[1]), dtype)
    return memory.transpose(0, len(shape) - 1, *range(1, len(shape) - 1))


def are_channels_last(array: Array) -> bool:
    """Whether PyTorch takes an array for images or volumes, channels last, as its steps tell."""
    if array.ndim not in (4, 5) or not array.strides[1]:
        return False
    least = 0
    for axis in (1, *range(array.ndim - 1, 1, -1), 0):
        size, step = array.shape[axis], array.strides[axis]
        if not size or step < least or (axis == 0 and least == array.strides[1]):
            return False
        least = step * size
    return True


def steps_of(operand: Array, shape: Shape) -> Shape:
    """How far each dimension of the shape moves in an operand; 0 where that is broadcast."""
    missing = len(shape) - operand.ndim
    own = zip(operand.strides, operand.shape, shape[missing:], strict=True)
    moves = (0 if size == 1 and wanted != 1 else step for step, size, wanted in own)
    return (0,) * missing + tuple(moves)
