"""How do elements that lie apart in memory come elsewhere while a step is recorded?

At once NumPy does it, for any strides. But a replay would have to come back to Python for it, so a
kernel does it in what is recorded: slices, transposed copies, joined tensors and their gradients.
"""

from __future__ import annotations

import numpy as np

from .kernels import machine
from .kernels.kernel import Array, Flat, ScalarOfFloat64 as Whole, kernel
from .launch import launch, observer

Shape = tuple[int, ...]

MOST_DIMENSIONS = 3  # once those are taken together that one step runs through


@kernel(writes=("target",), flops=0)
def move(
    source: Flat, target: Flat, planes: Whole, rows: Whole, columns: Whole,
    from_plane: Whole, from_row: Whole, from_column: Whole,
    to_plane: Whole, to_row: Whole, to_column: Whole,
) -> None:  # fmt: skip
    """Element by element; by how many elements a step goes on in each of the two memories."""
    by_plane, by_row, by_column = int(from_plane), int(from_row), int(from_column)
    further_plane, further_row, further_column = int(to_plane), int(to_row), int(to_column)
    for i in range(int(planes)):
        for j in range(int(rows)):
            begin, place = i * by_plane + j * by_row, i * further_plane + j * further_row
            for k in range(int(columns)):
                target[place + k * further_column] = source[begin + k * by_column]


def moved(source: Array, target: Array) -> bool:
    """Launch target[...] = source as a kernel, where a step is recorded and the kernel can."""
    if observer() is None or source.dtype.kind != "f" or source.dtype is not target.dtype:
        return False
    source = np.broadcast_to(source, target.shape)
    memories = _memory(source), _memory(target)
    if memories[0] is None or memories[1] is None or not target.size:
        return False
    steps = _together(target.shape, source.strides, target.strides)
    missing = MOST_DIMENSIONS - len(steps)
    if missing < 0:
        return False
    sizes, *by_memory = zip(*[(1, 0, 0)] * missing, *steps, strict=True)
    elements = [step // target.itemsize for of_memory in by_memory for step in of_memory]
    launch(move, *memories, *map(float, (*sizes, *elements)))
    return True


def _together(shape: Shape, strides: Shape, others: Shape) -> list[tuple[int, int, int]]:
    """Sizes and both strides of dimensions, those as one that one step runs through in both."""
    found: list[tuple[int, int, int]] = []
    for size, step, other in zip(shape, strides, others, strict=True):
        if size == 1:
            continue
        if found and found[-1][1:] == (size * step, size * other):
            size *= found.pop()[0]
        found.append((size, step, other))
    return found


def _memory(array: Array) -> Array | None:
    """The memory from an array's first element to its last, as a row; None where there is none."""
    steps = array.strides
    if array.size == 0 or min(steps, default=0) < 0 or not array.flags.aligned:
        return None
    owner = array
    while not owner.flags.c_contiguous and type(owner.base) is np.ndarray:
        owner = owner.base
    if not owner.flags.c_contiguous or owner.dtype is not array.dtype:
        return None
    length = 1 + sum((n - 1) * step for n, step in zip(array.shape, steps, strict=True)) // (
        array.itemsize
    )
    begin = machine.data(id(array)) - machine.data(id(owner))
    return np.ndarray((length,), array.dtype, owner, begin)
