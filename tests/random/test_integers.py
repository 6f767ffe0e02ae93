"""Are the integers of a range words modulo its size?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator


@given(st.integers(0, 99), st.integers(-(2**63), 2**63 - 2), st.data())
def test_a_wide_range_takes_two_words_each(seed: int, low: int, data: st.DataObject) -> None:
    high = data.draw(st.integers(low + 1, 2**63 - 1) | st.just(min(low + 2**28, 2**63 - 1)))
    words = np.random.RandomState(seed).randint(0, 2**32, 10, np.uint32).tolist()
    if high - low >= 2**28:
        words = [words[i] << 32 | words[i + 1] for i in range(0, 10, 2)]
    array = np.zeros(5, np.int64)
    Generator().manual_seed(seed).random(array, low, high)
    assert array.tolist() == [low + word % (high - low) for word in words[:5]]


def test_integers_that_the_dtype_cannot_tell_apart_give_a_warning() -> None:
    with pytest.warns(UserWarning, match=r"to - 1 is out of bounds \[-\(2\^24\), 2\^24\]"):
        Generator().random(np.zeros(20, np.float32), 0, 2**24 + 9)
