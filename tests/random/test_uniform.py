"""Do even numbers stay in their range?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from minigrad.random import Generator


@given(st.integers(0, 99), st.integers(1, 40), st.sampled_from([1.0, 1e-44, 3.0, 2.0**-20]))
def test_the_end_of_the_range_is_never_drawn(seed: int, start: int, width: float) -> None:
    low, high = np.float32(start), np.float32(start) + np.float32(width)
    array = np.zeros(500, np.float32)
    Generator().manual_seed(seed).uniform(array, float(low), float(high))
    assert (low <= array).all()
    assert (array < high).all() or low == high
