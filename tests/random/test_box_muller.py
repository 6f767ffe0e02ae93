"""Do uniform numbers become points at the right distance and angle?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random.box_muller import box_muller

fractions = st.integers(0, 2**24 - 1).map(lambda integer: integer * 2.0**-24)


@pytest.mark.parametrize(("dtype", "error"), [("float32", 3e-6), ("float64", 1e-14)])
@given(
    squares=st.lists(fractions, min_size=9, max_size=9),
    turns=st.lists(fractions, min_size=9, max_size=9),
)
def test_each_pair_is_a_point_on_its_circle(
    dtype: str, error: float, squares: list[float], turns: list[float]
) -> None:
    number = np.dtype(dtype).type
    first, second = np.array(squares, dtype), np.array(turns, dtype)
    box_muller(first, second, 9, number(2), number(0.5))
    for x, y, square, turn in zip(first, second, squares, turns, strict=True):
        radius, angle = 0.5 * math.sqrt(-2 * math.log1p(-square)), 2 * math.pi * turn
        assert math.isclose(x, 2 + radius * math.cos(angle), rel_tol=0, abs_tol=error)
        assert math.isclose(y, 2 + radius * math.sin(angle), rel_tol=0, abs_tol=error)


def test_no_more_are_made_than_asked_for() -> None:
    first, second = np.full(3, 0.5), np.full(3, 0.25)
    box_muller(first, second, 2, 0.0, 1.0)
    assert (first[2], second[2]) == (0.5, 0.25)
    assert 0.5 not in first[:2] and 0.25 not in second[:2]
