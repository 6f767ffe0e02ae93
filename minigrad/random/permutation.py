"""In which random order do the integers below n come?

There are three ways to the same kind of answer: short ones are shuffled by a Python loop, longer
ones by the same loop compiled, and the longest, where one word would not choose evenly enough,
inside out with two words each.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from .filling import pieces
from .stream import WORD, Stream

Array = np.ndarray[Any, Any]

PYTHON_SHUFFLE = 2**17  # more elements than this are shuffled by compiled code
NARROW_SHUFFLE = (WORD - 1) // 20  # fewer elements than this take one word each


def shuffled(stream: Stream, n: int) -> Array:
    """The integers below `n` in random order, as int64."""
    if isinstance(n, bool) or not hasattr(n, "__index__"):
        raise TypeError(
            f"randperm(): argument 'n' (position 1) must be int, not {type(n).__name__}"
        )
    if n < 0:
        raise RuntimeError(f"Trying to create tensor with negative dimension {n}: [{n}]")
    if n > PYTHON_SHUFFLE:
        return _shuffled_by_compiled_code(stream, n)
    order = list(range(n))
    steps = np.arange(max(n - 1, 0))
    targets = steps + stream.words(steps.size).astype(np.int64) % (n - steps)
    for place, other in enumerate(targets.tolist()):
        order[place], order[other] = order[other], order[place]
    return np.array(order, np.int64)


def _shuffled_by_compiled_code(stream: Stream, n: int) -> Array:
    order = np.arange(n)
    swap, insert = _shuffles()
    narrow = n < NARROW_SHUFFLE
    for piece in pieces(n - 1 if narrow else n):
        size = piece.stop - piece.start
        if narrow:
            swap(order, piece.start, stream.words(size))
        else:
            insert(order, piece.start, stream.long_words(size))
    return order


@functools.cache
def _shuffles() -> tuple[Any, Any]:
    """The compiled loops of long permutations; both go on from place `start`."""
    import numba

    def swap(order: Array, start: int, words: Array) -> None:
        for step in range(words.size):
            place = start + step
            other = place + np.int64(words[step] % np.uint64(order.size - place))
            order[place], order[other] = order[other], order[place]

    def insert(order: Array, start: int, words: Array) -> None:
        for step in range(words.size):
            place = start + step
            other = np.int64(words[step] % np.uint64(place + 1))
            order[place] = order[other]
            order[other] = place

    return numba.njit(swap), numba.njit(insert)
