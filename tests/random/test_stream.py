"""Are a stream's numbers the twister's words, and is its state all of it?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator
from minigrad.random.stream import STATE, Stream


@given(st.integers(0, 2**64 - 1), st.integers(0, 700))
def test_everything_is_made_of_the_words_in_turn(seed: int, count: int) -> None:
    words = np.random.RandomState(seed % 2**32).randint(0, 2**32, 4 * count + 1, np.uint32)
    plain = iter(words.tolist())
    stream = Stream(seed)
    assert stream.words(count).tolist() == [next(plain) for _ in range(count)]
    fractions = stream.fractions(count, np.dtype(np.float32))
    assert fractions.dtype == np.float32
    assert fractions.tolist() == [next(plain) % 2**24 / 2**24 for _ in range(count)]
    assert stream.long_words(count).tolist() == [
        next(plain) << 32 | next(plain) for _ in range(count)
    ]
    assert stream.words(1).tolist() == [next(plain)]


@given(st.integers(0, 2**64 - 1), st.integers(0, 1300), st.none() | st.floats(-9, 9))
def test_a_state_is_the_whole_stream(seed: int, drawn: int, spare: float | None) -> None:
    stream, other = Stream(seed), Stream(0)
    stream.words(drawn)
    stream.spare = spare
    other.restore(stream.state())
    assert (other.seed, other.spare) == (seed, spare)
    assert other.state().tobytes() == stream.state().tobytes()
    assert other.words(700).tolist() == stream.words(700).tolist()


def test_the_state_counts_words_as_pytorch_does() -> None:
    stream = Stream(3)
    stream.words(10)
    record = np.frombuffer(stream.state().tobytes(), STATE)[0]
    assert (record["seed"], record["seeded"], record["left"], record["next"]) == (3, 1, 615, 10)


def test_what_is_no_state_is_refused() -> None:
    generator = Generator()
    with pytest.raises(RuntimeError, match="size 5056 but found the input RNG state size to be 3"):
        generator.set_state(np.zeros(3, np.uint8))
    with pytest.raises(RuntimeError, match="Invalid mt19937 state"):
        generator.set_state(np.zeros(5056, np.uint8))
    with pytest.raises(TypeError, match="RNG state must be an int64 tensor"):
        generator.set_state(np.zeros(5056))
    with pytest.raises(TypeError, match="but got int"):
        generator.set_state(3)  # type: ignore[arg-type]
