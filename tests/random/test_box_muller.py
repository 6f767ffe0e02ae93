"""Do uniform numbers become points at the right distance and angle?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random.box_muller import box_muller

fractions = st.integers(0, 2**24 - 1).map(lambda integer: integer * 2.0**-24)


@pytest.mark.parametrize(("dtype", "error"), [("float32", 3e-6), ("float64", 1e-14)])
@given(uniform=st.lists(fractions, min_size=16, max_size=16))
def test_each_pair_is_a_point_on_its_circle(
    dtype: str, error: float, uniform: list[float]
) -> None:
    result = box_muller(np.array(uniform, dtype), 0.0, 1.0)
    assert result.dtype == dtype
    for x, y, square, turn in zip(result[:8], result[8:], uniform[:8], uniform[8:], strict=True):
        radius = math.sqrt(-2 * math.log1p(-square))
        assert math.isclose(x, radius * math.cos(2 * math.pi * turn), rel_tol=0, abs_tol=error)
        assert math.isclose(y, radius * math.sin(2 * math.pi * turn), rel_tol=0, abs_tol=error)


def test_every_block_of_16_is_by_itself() -> None:
    uniform = np.random.default_rng(0).random((3, 16))
    by_blocks = [box_muller(block, 2.0, 0.5) for block in uniform]
    np.testing.assert_array_equal(box_muller(uniform.reshape(-1), 2.0, 0.5), np.ravel(by_blocks))
