"""In which random order do the integers below n come?

Most are shuffled with a word for each. The longest, where a word would not choose evenly enough,
are shuffled inside out, with two words each.
"""

from __future__ import annotations

import numpy as np

from ..kernels.kernel import Array, FlatOfInt64, kernel
from .stream import Stream
from .twister import DRAWING, POSITION, WORD, Words, next_long_word, next_word

NARROW_SHUFFLE = (WORD - 1) // 20  # fewer elements than this take one word each


def shuffled(stream: Stream, n: int) -> Array:
    """The integers below `n` in random order, as int64."""
    if isinstance(n, bool) or not hasattr(n, "__index__"):
        raise TypeError(
            f"randperm(): argument 'n' (position 1) must be int, not {type(n).__name__}"
        )
    if n < 0:
        raise RuntimeError(f"Trying to create tensor with negative dimension {n}: [{n}]")
    order = np.arange(n)
    stream.draw(swap if n < NARROW_SHUFFLE else insert, order)
    return order


@kernel(writes=("order", "words"), **DRAWING)
def swap(order: FlatOfInt64, words: Words) -> None:
    """Exchange each element with one of those from it on."""
    position = np.int64(words[POSITION])
    for place in range(order.size - 1):
        word, position = next_word(words, position)
        other = place + np.int64(word % np.uint64(order.size - place))
        order[place], order[other] = order[other], order[place]
    words[POSITION] = position


@kernel(writes=("order", "words"), **DRAWING)
def insert(order: FlatOfInt64, words: Words) -> None:
    """Put each integer in the place of one of those before it, or its own, and that one last."""
    position = np.int64(words[POSITION])
    for place in range(order.size):
        word, position = next_long_word(words, position)
        other = np.int64(word % np.uint64(place + 1))
        order[place] = order[other]
        order[other] = place
    words[POSITION] = position
