"""How is an array filled with normal numbers? By blocks of 16, and small ones by twos.

Each way takes its words in an order of its own, so which one fills which array is part of what
a seed promises.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels.intrinsics import fused_multiply_add
from ..kernels.kernel import (
    Array,
    Flat,
    Scalar,
    ScalarOfFloat64,
    VectorOfFloat64,
    kernel,
)
from ..kernels.lanes import scratch
from .arguments import expect_floating, number
from .box_muller import box_muller
from .filling import fill
from .stream import KEPT, SPARE, Stream
from .twister import DRAWING, POSITION, Words, drawing, next_fraction

BLOCK = 16  # a contiguous array of so many or more is filled by blocks of so many
STRETCH = 1024  # of elements that are worked on together, a few blocks


def fill_normal(stream: Stream, array: Array, mean: float, std: float) -> None:
    """Fill `array` with normally distributed numbers."""
    mean, std = number(mean, "normal_", "mean", 1), number(std, "normal_", "std", 2)
    if not std >= 0.0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    if not array.size:
        return
    expect_floating(array, "normal_kernel_cpu")
    if array.size < BLOCK or not array.flags.c_contiguous:
        fill(array, lambda out: stream.draw(by_twos, out, stream.spare, mean, std))
    else:
        fill(array, lambda out: stream.draw(by_blocks, out, mean, std))


@kernel(
    writes=("out", "words", "spare"),
    flops=lambda out: 67 * ((out.size + 1) // 2) + 2 * (out.size // 2),
    **DRAWING,
)
def by_twos(
    out: Flat, words: Words, spare: VectorOfFloat64, mean: ScalarOfFloat64, std: ScalarOfFloat64
) -> None:
    """Two at a time, in float64; where an odd number is wanted, one is kept for the next call."""
    position = np.int64(words[POSITION])
    for i in range(out.size):
        if spare[KEPT] == 0:
            turn, position = next_fraction(words, position, mean)
            square, position = next_fraction(words, position, mean)
            radius, angle = math.sqrt(-2 * math.log1p(-square)), 2 * math.pi * turn
            value, spare[SPARE] = radius * math.cos(angle), radius * math.sin(angle)
            spare[KEPT] = 1
        else:
            value, spare[KEPT] = spare[SPARE], 0
        out[i] = fused_multiply_add(value, std, mean)
    words[POSITION] = position


@kernel(writes=("out", "words"), flops=lambda out: 496 * -(-out.size // BLOCK), **DRAWING)
def by_blocks(out: Flat, words: Words, mean: Scalar, std: Scalar) -> None:
    """Sixteen at a time, the last 16 drawn anew where the size is no multiple of 16."""
    position, tail = np.int64(words[POSITION]), out.size % BLOCK
    for start in range(0, out.size - tail, STRETCH):
        stop = min(start + STRETCH, out.size - tail)
        position = write_blocks(out, start, stop, words, position, mean, std)
    if tail:
        for _ in range(tail):
            _, position = next_fraction(words, position, mean)
        position = write_blocks(out, out.size - BLOCK, out.size, words, position, mean, std)
    words[POSITION] = position


@drawing  # type: ignore[untyped-decorator]
def write_blocks(
    out: Any, start: Any, stop: Any, words: Any, position: Any, mean: Any, std: Any
) -> Any:
    """Whole blocks; of each, the first half of the fractions gives radii, the other angles.

    All radii lie together while they are worked on, so that one loop goes through them.
    """
    first, second = scratch(mean), scratch(mean)
    for block in range(start, stop, BLOCK):
        for half in (first, second):
            for i in range((block - start) // 2, (block - start) // 2 + BLOCK // 2):
                half[i], position = next_fraction(words, position, mean)
    box_muller(first, second, (stop - start) // 2, mean, std)
    for block in range(start, stop, BLOCK):
        for i in range(BLOCK // 2):
            out[block + i] = first[(block - start) // 2 + i]
            out[block + BLOCK // 2 + i] = second[(block - start) // 2 + i]
    return position
