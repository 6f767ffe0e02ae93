"""Are words and fractions those of NumPy's Mersenne twister, taken in turn?"""

from __future__ import annotations

import numba
import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random.stream import Stream
from minigrad.random.twister import POSITION, next_fraction, next_long_word, next_word

COUNT = 700  # more than a state has


@numba.njit
def take_words(words: np.ndarray, out: np.ndarray) -> None:
    position = words[POSITION]
    for i in range(out.size):
        out[i], position = next_word(words, position)
    words[POSITION] = position


@numba.njit
def take_long_words(words: np.ndarray, out: np.ndarray) -> None:
    position = words[POSITION]
    for i in range(out.size):
        out[i], position = next_long_word(words, position)
    words[POSITION] = position


@numba.njit
def take_fractions(words: np.ndarray, out: np.ndarray, like: float) -> None:
    position = words[POSITION]
    for i in range(out.size):
        out[i], position = next_fraction(words, position, like)
    words[POSITION] = position


@given(st.integers(0, 2**64 - 1), st.integers(0, COUNT))
def test_words_come_in_numpys_order(seed: int, before: int) -> None:
    twister, stream = np.random.RandomState(seed % 2**32), Stream(seed)
    first, then = np.zeros(before, np.uint64), np.zeros(COUNT, np.uint64)
    take_words(stream.words, first)
    take_words(stream.words, then)
    assert (first == twister.randint(0, 2**32, before, np.uint32)).all()
    assert (then == twister.randint(0, 2**32, COUNT, np.uint32)).all()


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_long_words_are_of_two_the_high_one_first(seed: int, odd: bool) -> None:
    stream, out = Stream(seed), np.zeros(COUNT, np.uint64)
    take_words(stream.words, np.zeros(int(odd), np.uint64))
    take_long_words(stream.words, out)
    words = np.random.RandomState(seed).randint(0, 2**32, 2 * COUNT + odd, np.uint32).tolist()
    pairs = zip(words[odd::2], words[odd + 1 :: 2], strict=True)
    assert out.tolist() == [high << 32 | low for high, low in pairs]


@pytest.mark.parametrize(("dtype", "take", "bits"), [
    (np.float32, take_words, 24), (np.float64, take_long_words, 53),
])  # fmt: skip
@given(seed=st.integers(0, 2**32 - 1))
def test_fractions_are_made_of_the_lowest_bits(dtype, take, bits: int, seed: int) -> None:
    words, fractions = np.zeros(COUNT, np.uint64), np.zeros(COUNT, dtype)
    take(Stream(seed).words, words)
    take_fractions(Stream(seed).words, fractions, dtype(0))
    assert fractions.tolist() == [word % 2**bits / 2**bits for word in words.tolist()]
