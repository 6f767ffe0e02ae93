"""Is what float32 is held against nearer to the mathematics than float32 can tell?"""

import math

import pytest
from hypothesis import given, strategies as st

pytest.importorskip("torch")

import mpmath
import numpy as np

from compare.references.scalars import FUNCTIONS, exact_error

BELOW = 1e-7  # of float32's ulp, some hundred million of which float64 has between


@pytest.mark.parametrize("name", FUNCTIONS)
@given(x=st.floats(-104, 88, width=32) | st.floats(-(2.0**-10), 2.0**-10, width=32))
def test_float64_has_the_value_and_the_slope(name: str, x: float) -> None:
    scalar = FUNCTIONS[name]
    for found, exact in ((scalar.value, scalar.exact), (scalar.slope, scalar.exact_slope)):
        value = float(found(np.array([x]))[0])
        unit = max(2.0**-149, 2.0 ** (math.frexp(value)[1] - 24))
        assert exact_error(value, x, exact, unit) <= BELOW


def test_an_error_is_counted_from_the_exact_value() -> None:
    assert exact_error(1.5, 0.0, mpmath.exp, 0.25) == 2.0
