"""The way between two numbers."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.kernels.kernel import Flat, VectorOfFloat64, kernel
from minigrad.optim.rounding import lerp

DTYPES = [np.float32, np.float64]


@kernel(writes=("out",))
def between(start: Flat, end: Flat, out: Flat, weight: VectorOfFloat64) -> None:
    part = start.dtype.type(weight[0])
    rest = start.dtype.type(1) - part
    for i in range(start.size):
        out[i] = lerp(start[i], end[i], part, rest)


@pytest.mark.parametrize("dtype", DTYPES)
@given(
    ends=st.lists(st.floats(-100.0, 100.0, width=32), min_size=2, max_size=2),
    weight=st.floats(0.0, 1.0, width=32),
)
def test_between_two_numbers(dtype, ends, weight):
    start, end = (np.array([each], dtype) for each in ends)
    out = np.empty(1, dtype)
    between(start, end, out, np.array([weight]))
    expected = float(start[0]) + weight * (float(end[0]) - float(start[0]))
    assert float(out[0]) == pytest.approx(expected, abs=400 * float(np.finfo(dtype).eps))
    for part, there in ((0.0, start), (1.0, end)):
        between(start, end, out, np.array([part]))
        assert out[0] == there[0]
