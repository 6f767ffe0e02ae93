"""How does the Mersenne twister make its words, and fractions of them?

Its state is 624 words of 32 bits. Once all of them are used, every one is made anew from itself,
its neighbour and the word 397 places on; one that is drawn is tempered, which spreads its bits.
Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
uniform pseudo-random number generator", 1998.

The functions here are parts of kernels. A kernel that draws takes the position among the words
into a variable and puts it back at its end; on the way each function says where to go on. None
runs at the same time as others: whoever draws holds Python's lock.

>>> import numba, numpy as np
>>> from minigrad.random.stream import Stream
>>> @numba.njit
... def dice(words, out):
...     position = np.int64(words[POSITION])
...     for i in range(out.size):
...         word, position = next_word(words, position)
...         out[i] = word % 6 + 1
...     words[POSITION] = position
>>> out = np.zeros(8, np.int64)
>>> dice(Stream(seed=1).words, out)
>>> out
array([2, 6, 1, 3, 2, 2, 6, 6])
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import numpy as np

from ..kernels.inner import inner
from ..kernels.intrinsics import is_float32, rounded_like
from ..kernels.kernel import Array, Operand, kernel

Words: TypeAlias = Annotated[Array, Operand(1, "uint32")]  # (LENGTH,): a stream's

WORD = 2**32
WORDS = 624  # in front: the state
POSITION = 624  # then which of the words is the next
UNSEEDED = WORDS + 1  # that position, if the first word is a seed that the others are made from
TEMPERED = 625  # and what is drawn of each
LENGTH = TEMPERED + WORDS
DISTANCE = 397

HIGHEST_BIT, LOWER_BITS = np.uint32(0x80000000), np.uint32(0x7FFFFFFF)
MATRIX = np.uint32(0x9908B0DF)
SPREAD = np.uint64(1812433253)
TEMPER_B, TEMPER_C = np.uint32(0x9D2C5680), np.uint32(0xEFC60000)

DRAWING: dict[str, Any] = {"fastmath": False, "error_model": "numpy"}
drawing = inner(**DRAWING)
# As a part of what calls it a fraction of float32 takes 0.9 ns, called by it 4.4.
drawing_there = inner(**DRAWING, forceinline=True)


@drawing  # type: ignore[untyped-decorator]
def twisted(word: Any, neighbour: Any, distant: Any) -> Any:
    """What takes the place of a word."""
    mixed = (word & HIGHEST_BIT) | (neighbour & LOWER_BITS)
    return distant ^ (mixed >> 1) ^ (MATRIX if mixed & 1 else np.uint32(0))


@drawing  # type: ignore[untyped-decorator]
def spread_seed(words: Any) -> None:
    """Make the state from the seed that is its first word: the authors' init_genrand of 2002."""
    for i in range(1, WORDS):
        mixed = np.uint64(words[i - 1] ^ (words[i - 1] >> 30))
        words[i] = (SPREAD * mixed + np.uint64(i)) & np.uint64(WORD - 1)


@drawing  # type: ignore[untyped-decorator]
def renew(words: Any, position: Any) -> None:
    """Make all words anew. In parts, since the distant word is behind the end for some."""
    if position == UNSEEDED:
        spread_seed(words)
    for i in range(WORDS - DISTANCE):
        words[i] = twisted(words[i], words[i + 1], words[i + DISTANCE])
    for i in range(WORDS - DISTANCE, WORDS - 1):
        words[i] = twisted(words[i], words[i + 1], words[i + DISTANCE - WORDS])
    words[WORDS - 1] = twisted(words[WORDS - 1], words[0], words[DISTANCE - 1])
    temper(words)


@drawing  # type: ignore[untyped-decorator]
def temper(words: Any) -> None:
    """Write behind the words what is drawn of each; vectors of words take 0.04 ns for one."""
    for i in range(WORDS):
        word = words[i]
        word ^= word >> 11
        word ^= (word << 7) & TEMPER_B
        word ^= (word << 15) & TEMPER_C
        words[TEMPERED + i] = word ^ (word >> 18)


@kernel(writes=("words",), **DRAWING)
def temper_all(words: Words) -> None:
    """The same for Python, after other words were put in front."""
    temper(words)


@kernel(writes=("words",), **DRAWING)
def spread_first(words: Words) -> None:
    """Make the state from its first word for Python, which asks for one before any draw."""
    spread_seed(words)


@drawing_there  # type: ignore[untyped-decorator]
def next_word(words: Any, position: Any) -> Any:
    """The word at a position, as a uint64 below 2**32, and the position of the one after it."""
    if position >= WORDS:
        renew(words, position)
        position = 0
    return words[TEMPERED + position], position + 1


@drawing_there  # type: ignore[untyped-decorator]
def next_long_word(words: Any, position: Any) -> Any:
    """A uint64 of two words, the high one first, and the position after them."""
    high, position = next_word(words, position)
    low, position = next_word(words, position)
    return (high << 32) | low, position


@drawing_there  # type: ignore[untyped-decorator]
def next_fraction(words: Any, position: Any, like: Any) -> Any:
    """A number from [0, 1) in the dtype of `like`: a multiple of 2**-24, or of 2**-53."""
    if is_float32(like):
        word, position = next_word(words, position)
        return rounded_like(like, np.int32(word & 0xFFFFFF) * 2.0**-24), position
    word, position = next_long_word(words, position)
    return rounded_like(like, np.int64(word & 0x1FFFFFFFFFFFFF) * 2.0**-53), position
