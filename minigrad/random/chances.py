"""How is an array filled with ones and zeros, of which so many are ones on average?"""

from __future__ import annotations

import numpy as np

from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from .filling import fill
from .stream import Stream
from .twister import DRAWING, POSITION, Words, next_fraction


def fill_by_chance(stream: Stream, array: Array, p: float) -> None:
    """Fill `array` with ones, each with probability p, and zeros."""
    if array.dtype.kind == "f":
        return fill(array, lambda out: stream.draw(by_chance, out, p))
    drawn = np.empty_like(array, np.float64)
    fill_by_chance(stream, drawn, p)
    array[...] = drawn


@kernel(writes=("out", "words"), flops=0, **DRAWING)
def by_chance(out: Flat, words: Words, p: ScalarOfFloat64) -> None:
    """By a float64 fraction for each element, whatever the dtype."""
    position = np.int64(words[POSITION])
    for i in range(out.size):
        fraction, position = next_fraction(words, position, p)
        out[i] = fraction < p
    words[POSITION] = position
