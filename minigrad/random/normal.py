"""How is an array filled with normal numbers? By blocks of 16, and small ones by twos.

Each way takes its words in an order of its own, so which one fills which array is part of what
a seed promises.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .arguments import expect_floating, number
from .box_muller import box_muller
from .filling import fill, pieces
from .fused_multiply_add import fused_multiply_add
from .stream import Stream

Array = np.ndarray[Any, Any]

BLOCK_OF_NORMALS = 16  # a contiguous array of so many or more is filled by blocks of so many


def fill_normal(stream: Stream, array: Array, mean: float, std: float) -> None:
    """Fill `array` with normally distributed numbers."""
    mean, std = number(mean, "normal_", "mean", 1), number(std, "normal_", "std", 2)
    if not std >= 0.0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    if array.size:
        expect_floating(array, "normal_kernel_cpu")
    with np.errstate(over="ignore", invalid="ignore"):
        if array.size < BLOCK_OF_NORMALS or not array.flags.c_contiguous:
            fill(array, lambda n: fused_multiply_add(_standard_pairs(stream, n), std, mean))
        else:
            _fill_blocks(stream, array.reshape(-1), mean, std)


def _standard_pairs(stream: Stream, count: int) -> Array:
    """Standard normal numbers in float64, made by twos: an odd one out is kept for later."""
    values = [] if stream.spare is None else [stream.spare]
    stream.moves += 1  # even if the spare number is all that is taken
    pairs = (count - len(values) + 1) // 2
    fractions = stream.fractions(2 * pairs, np.dtype(np.float64)).reshape(-1, 2)
    for turn, square in fractions.tolist():
        radius, angle = math.sqrt(-2 * math.log1p(-square)), 2 * math.pi * turn
        values += radius * math.cos(angle), radius * math.sin(angle)
    stream.spare = values.pop() if len(values) > count else None
    return np.array(values)


def _fill_blocks(stream: Stream, flat: Array, mean: float, std: float) -> None:
    """Normal numbers by 16, the last 16 drawn anew where the size is no multiple of 16."""
    for piece in pieces(flat.size):
        part = flat[piece]
        part[:] = stream.fractions(part.size, flat.dtype)
        whole = part[: part.size - part.size % BLOCK_OF_NORMALS]
        whole[:] = box_muller(whole, mean, std)
    if flat.size % BLOCK_OF_NORMALS:
        last = stream.fractions(BLOCK_OF_NORMALS, flat.dtype)
        flat[-BLOCK_OF_NORMALS:] = box_muller(last, mean, std)
