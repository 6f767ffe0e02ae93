"""Is a one drawn where a fraction of float64 is below the chance?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from minigrad.random import Generator


@given(
    st.integers(0, 99),
    st.floats(0, 1),
    st.sampled_from(["float32", "float64", "int64", "bool"]),
    st.booleans(),
)
def test_ones_are_drawn_where_fractions_are_below_the_chance(
    seed: int, p: float, dtype: str, transposed: bool
) -> None:
    fractions, drawn = np.zeros((5, 7)), np.zeros((5, 7), dtype)
    drawn = drawn.T if transposed else drawn
    Generator().manual_seed(seed).uniform(fractions)
    Generator().manual_seed(seed).bernoulli(drawn, p)
    ones = drawn.T if transposed else drawn
    assert (ones == (fractions < p)).all()
