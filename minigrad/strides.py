"""Which strides have dimensions of one element in views? No element tells.

NumPy has 0 there. PyTorch steps over the dimensions behind, and shows it in `stride()`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Shape = tuple[int, ...]


def expanded(x: Array, shape: Shape) -> Shape:
    """The strides of x broadcast to a shape: 0 where elements repeat."""
    added = len(shape) - x.ndim
    steps: list[int] = []
    for size, own, step in zip(shape[added:], x.shape, x.strides, strict=True):
        if own not in (1, size):
            raise ValueError(f"cannot broadcast {x.shape} to {shape}")
        steps.append(step if own == size else 0)
    for axis in reversed(range(added)):
        alone = x.ndim and shape[axis] == 1
        steps.insert(0, shape[axis + 1] * steps[0] if alone else 0)
    return tuple(steps)


def reshaped(x: Array, shape: Shape) -> Shape:
    """The strides of the view of x that has another shape.

    From the last dimension on, those of x that one step runs through are taken together. What they
    become has multiples of that step, and so have dimensions of one element before and behind.
    """
    if not x.ndim:
        return (x.itemsize,) * len(shape)
    steps: list[int] = []
    coming = list(shape)
    count, step = 1, x.strides[-1]
    for axis in reversed(range(x.ndim)):
        count *= x.shape[axis]
        if axis and (x.shape[axis - 1] == 1 or x.strides[axis - 1] == count * step):
            continue
        passed = 1
        while coming and (passed < count or coming[-1] == 1):
            steps.insert(0, passed * step)
            passed *= coming.pop()
        count, step = 1, x.strides[axis - 1]
    return tuple(steps)


def with_new_dimensions(x: Array, key: tuple[Any, ...], picked: Array) -> Shape:
    """The strides of x[key], in which each None steps over the dimension before which it stands.

    Over all of it, whatever is picked of it.
    """
    steps = list(picked.strides)
    position = axis = 0
    for part in key:
        if part is None:
            steps[position] = _over(x, axis)
            position += 1
        elif part is ...:
            passed = x.ndim - sum(each is not None and each is not ... for each in key)
            position, axis = position + passed, axis + passed
        else:
            position, axis = position + isinstance(part, slice), axis + 1
    return tuple(steps)


def _over(x: Array, axis: int) -> int:
    return x.shape[axis] * x.strides[axis] if axis < x.ndim else x.itemsize


def view(x: Array, shape: Shape, steps: Shape) -> Array:
    """The memory of x, from its first element on, under a shape and strides that stay in it."""
    if x.flags.c_contiguous:
        return np.ndarray(shape, x.dtype, x, 0, steps)
    if x.flags.f_contiguous:
        return np.ndarray(shape, x.dtype, x.T, 0, steps)
    owner = owner_of(x)
    if not owner.flags.c_contiguous:  # memory of another library
        return np.lib.stride_tricks.as_strided(x, shape, steps)
    found = np.ndarray(shape, x.dtype, owner, address_of(x) - address_of(owner), steps)
    found.flags.writeable = x.flags.writeable
    return found


def owner_of(array: Array) -> Array:
    """The array of whose memory this is a part, as far as NumPy knows."""
    while type(array.base) is np.ndarray:  # not what keeps memory under it: see `large_arrays`
        array = array.base
    return array


def address_of(array: Array) -> int:
    """Where an array's first element lies."""
    return array.__array_interface__["data"][0]
