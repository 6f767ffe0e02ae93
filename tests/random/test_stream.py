"""Is the state of a stream all of it, and PyTorch's record?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator
from minigrad.random.integers import of_a_word
from minigrad.random.stream import STATE, Stream


def take_words(stream: Stream, count: int) -> list[int]:
    order = np.zeros(count, np.int64)
    stream.draw(of_a_word, order, np.array([0, 2**32], np.int64))
    return order.tolist()


@given(st.integers(0, 2**64 - 1), st.integers(0, 1300), st.none() | st.floats(-9, 9))
def test_a_state_is_the_whole_stream(seed: int, drawn: int, spare: float | None) -> None:
    stream, other = Stream(seed), Stream(0)
    take_words(stream, drawn)
    if spare is not None:
        stream.spare[:] = spare, 1
    other.restore(stream.state())
    assert other.seed == seed
    assert other.spare.tolist() == stream.spare.tolist()
    assert other.state().tobytes() == stream.state().tobytes()
    assert take_words(other, 700) == take_words(stream, 700)


def test_the_state_counts_words_as_pytorch_does() -> None:
    stream = Stream(3)
    take_words(stream, 10)
    record = np.frombuffer(stream.state().tobytes(), STATE)[0]
    assert (record["seed"], record["seeded"], record["left"], record["next"]) == (3, 1, 615, 10)


@pytest.mark.parametrize("count", [0, 1, 623, 624, 625])
def test_the_bytes_are_pytorchs_before_and_after_draws(count: int) -> None:
    torch = pytest.importorskip("torch")
    theirs, mine = torch.Generator().manual_seed(5), Stream(5)
    take_words(mine, count)
    torch.empty(count, dtype=torch.int64).random_(0, 7, generator=theirs)
    assert mine.state().tolist() == theirs.get_state().tolist()


def test_what_is_no_state_is_refused() -> None:
    generator = Generator()
    with pytest.raises(RuntimeError, match="size 5056 but found the input RNG state size to be 3"):
        generator.set_state(np.zeros(3, np.uint8))
    with pytest.raises(RuntimeError, match="Invalid mt19937 state"):
        generator.set_state(np.zeros(5056, np.uint8))
    with pytest.raises(TypeError, match="RNG state must be a minigrad"):
        generator.set_state(np.zeros(5056))
    with pytest.raises(TypeError, match="but got int"):
        generator.set_state(3)  # type: ignore[arg-type]
