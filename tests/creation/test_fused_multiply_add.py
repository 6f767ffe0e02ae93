"""Is the sum of a product and a number rounded once? Asked of exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import example, given, strategies as st

from minigrad.creation.fused_multiply_add import fused_multiply_add


def nearest_float32(exact: Fraction) -> np.float32:
    """The nearest float32, the even one of two equally near."""
    middle = np.float32(float(exact))
    candidates = [middle, np.nextafter(middle, -np.inf), np.nextafter(middle, np.inf)]
    return min(
        (x for x in candidates if np.isfinite(x)),
        key=lambda x: (abs(Fraction(float(x)) - exact), int(x.view(np.int32)) & 1),
    )


@st.composite
def beside_a_halfway_point(draw: st.DrawFn, digits: int, lowest: int) -> tuple[float, ...]:
    """a, b and c such that a * b + c is all but the middle of two neighbours of c.

    The product is (1 + s) (1 - s) = 1 - s**2 half units of c, with an s so small that s**2 is
    lost in the next wider format.
    """
    exponent = draw(st.integers(lowest, 60))
    least = 1 if exponent == lowest else 2 ** (digits - 1)
    c = math.ldexp(draw(st.integers(least, 2**digits - 1)), exponent)
    small = math.ldexp(draw(st.integers(0, 300)), 1 - digits)
    sign, half = draw(st.sampled_from([1, -1])), draw(st.sampled_from([0.5, -0.5]))
    return math.ldexp(1 + small, -60), math.ldexp(half * (1 - small), exponent + 60), sign * c


singles = st.floats(-(2.0**60), 2.0**60, width=32)


@given(beside_a_halfway_point(24, -149) | st.tuples(singles, singles, singles))
def test_float32_multiply_add_rounds_once(numbers: tuple[float, ...]) -> None:
    a, b, c = (np.float32(x) for x in numbers)
    exact = Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c))
    (result,) = fused_multiply_add(np.array([a]), b, c)
    assert result == nearest_float32(exact)


fractions = st.integers(0, 2**53 - 1).map(lambda integer: integer * 2.0**-53)
doubles = st.floats(-1e307, 1e307)


@given(beside_a_halfway_point(53, -300) | st.tuples(fractions, doubles, doubles))
@example((0.3, 1e307, -1e306))
@example((0.3, 1e-305, 1e-306))
def test_float64_multiply_add_rounds_once(numbers: tuple[float, ...]) -> None:
    a, b, c = numbers
    (result,) = fused_multiply_add(np.array([a]), b, c)
    assert result == float(Fraction(a) * Fraction(b) + Fraction(c))
