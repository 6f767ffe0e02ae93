"""Work on arrays that belongs to no operation: copies, constants, sums of gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .kernels.kernel import Array, Flat, Kernel, Scalar, kernel
from .launch import empty, launch, launch_each
from .moving import moved


@kernel(writes=("out",), flops=0, elementwise=True)
def fill(out: Flat, value: Scalar) -> None:
    for i in range(out.size):
        out[i] = value


@kernel(writes=("out",), flops=0, elementwise=True)
def same(x: Flat, out: Flat) -> None:
    """The elements of x, or its only one everywhere."""
    if x.size == out.size:
        for i in range(out.size):
            out[i] = x[i]
    else:
        for i in range(out.size):
            out[i] = x[0]


@kernel(writes=("total",), flops=1, elementwise=True)
def add(total: Flat, addend: Flat) -> None:
    for i in range(total.size):
        total[i] += addend[i]


def assign(source: Any, out: Array) -> None:
    """Write `source`, broadcast and converted if need be, into `out`, of any strides."""
    out[...] = source


def convert(source: Any, out: Array) -> None:
    """The same without NumPy's warnings, as of numbers that the other dtype does not have."""
    with np.errstate(all="ignore"):
        out[...] = source


def accumulate(addend: Array, total: Array) -> None:
    total += addend


def full(shape: tuple[int, ...], dtype: Any, value: float) -> Array:
    """A new array with one value everywhere."""
    out = empty(shape, dtype)
    if out.dtype.kind == "f":
        launch(fill, out, float(value))
    else:
        launch(assign, value, out)
    return out


def copy(array: Array) -> Array:
    """A new C-contiguous array with the same elements."""
    out = empty(array.shape, array.dtype)
    if array.dtype.kind == "f" and array.flags.carray:
        launch(same, array, out)
    elif not moved(array, out):
        launch(assign, array, out)
    return out


def contiguous(array: Array) -> Array:
    """The array itself if kernels can work on it as it lies in memory, or a copy that they can.

    `carray` is NumPy's one word for C-contiguous, aligned and writeable.
    """
    return array if array.flags.carray else copy(array)


def add_into(total: Array, addend: Array) -> None:
    """total += addend, for arrays of one shape and dtype."""
    if total.shape != addend.shape:
        raise RuntimeError(f"cannot add a gradient of {addend.shape} to one of {total.shape}")
    if total.flags.carray and addend.flags.carray and total.dtype == addend.dtype:
        launch(add, total, addend)
    else:
        launch(accumulate, addend, total)


def update_each(kernel: Kernel, calls: Sequence[tuple[Any, ...]]) -> None:
    """Launch a kernel that changes its first operand on each of several tuples of operands."""
    apart = [operands for operands in calls if not operands[0].flags.carray]
    if apart:
        calls = [operands for operands in calls if operands[0].flags.carray]
    update_where_they_lie(kernel, calls, apart)


def update_where_they_lie(
    kernel: Kernel, calls: Sequence[tuple[Any, ...]], apart: Sequence[tuple[Any, ...]]
) -> None:
    """Launch a kernel once for all operands that it can change where they lie in memory.

    For others, each `apart`, it changes copies of them, which are written back: in the widest of
    their dtypes, where they have several.
    """
    launch_each(kernel, calls)
    for operands in apart:
        works = _copies_for(kernel, operands)
        launch(kernel, *works)
        for position in kernel.writes:
            launch(assign, works[position], operands[position])


def _copies_for(kernel: Kernel, operands: tuple[Any, ...]) -> list[Any]:
    """Operands that a kernel can read, and copies of those that it changes."""
    arrays = [(place, each) for place, each in enumerate(operands) if isinstance(each, np.ndarray)]
    own = [kernel.operands[place].dtype for place, _ in arrays]  # None: that of the first operand
    shared = [each for (_, each), dtype in zip(arrays, own, strict=True) if dtype is None]
    widest = np.result_type(*shared)
    works = list(operands)
    for (place, each), dtype in zip(arrays, own, strict=True):
        wanted = np.dtype(dtype or widest)
        if each.dtype != wanted:
            works[place] = empty(each.shape, wanted)
            launch(assign, each, works[place])
        elif place in kernel.writes:
            works[place] = copy(each)
    return works
