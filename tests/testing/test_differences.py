"""Differences bracket the derivative, and the bracket is narrow."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.testing.differences import EPS, derivative_range

SMOOTH = {  # a function, its slope, and the steepest there is
    "exp": (np.exp, np.exp, 150),
    "sin": (np.sin, np.cos, 1),
    "a cube": (lambda x: x**3, lambda x: 3 * x * x, 75),
    "logistic": (lambda x: 1 / (1 + np.exp(-x)), lambda x: 0.25 / np.cosh(x / 2) ** 2, 1),
    "a bump of width 1e-3": (
        lambda x: np.exp(-((x * 1e3) ** 2)),
        lambda x: -2e6 * x * np.exp(-((x * 1e3) ** 2)),
        858,
    ),
}


def ranged(function, x, step=None, magnitude=None):
    def value(t):
        return np.atleast_1d(function(x + t))

    return derivative_range(value, value(0.0), step, abs(x) if magnitude is None else magnitude)


@pytest.mark.parametrize("name", SMOOTH)
@given(x=st.floats(-5, 5))
def test_the_derivative_lies_between(name, x):
    function, slope, steepest = SMOOTH[name]
    found = ranged(function, x)
    slack = 1e-8 * steepest
    assert found.low[0] - slack <= slope(x) <= found.high[0] + slack
    assert found.high[0] - found.low[0] <= 1e-4 * steepest


@pytest.mark.parametrize(
    ("function", "slopes", "step", "magnitude", "roundings"),
    [  # at the second step, a quarter of the first: eight of the value by the step's length
        (lambda t: 3 * t, (3, 3), None, 0.0, 8 * 3),
        (lambda t: 1 + 3 * t, (3, 3), None, 0.0, 8 * (3 + 64)),
        (lambda t: 1 - 3 * t, (-3, -3), 0.25, 0.0, 8 * (3 + 16)),
        # and of the distance itself, where it is added to a number that large
        (lambda t: 3 * t, (3, 3), None, 1.0, 8 * (3 + 64 * 3)),
        (lambda t: 3 * t, (3, 3), 0.25, 1.0, 8 * (3 + 16 * 3)),
        (lambda t: 3 * t, (3, 3), None, 2.0**30, 8 * (3 + 2.0**22 * 3)),
        # of both sides at a kink
        (lambda t: max(t, 0), (0, 1), None, 0.0, 2 * 8),
        (lambda t: 2 + 4 * abs(t), (-4, 4), None, 0.0, 2 * 8 * (4 + 64 * 2)),
        # in the last step, the fourth, where the slope shrinks with it
        (lambda t: t**3, (0, 0), 2.0**-4, 0.0, 8 * 2.0**-20),
    ],
)
def test_a_range_is_as_wide_as_what_rounding_may_have_done(
    function, slopes, step, magnitude, roundings
):
    found = ranged(function, 0.0, step, magnitude)
    low, high = slopes
    assert (low - found.low[0]) / EPS == pytest.approx(roundings, rel=1e-3)
    assert (found.high[0] - high) / EPS == pytest.approx(roundings, rel=1e-3)


def test_a_bend_by_a_millionth_of_the_slopes_is_no_kink():
    for bend, is_kink in ((1e-6, False), (4e-6, True)):
        found = ranged(lambda t, bend=bend: t + max(t, 0) * bend, 0.0)
        assert found.kink[0] == is_kink


@pytest.mark.parametrize(
    ("function", "step", "magnitude", "levels"),
    [
        (np.sin, None, 1.0, {2.0**-4: 4}),
        (np.sin, 0.5, 1.0, {0.5: 6}),
        (lambda t: np.log(t + 1e-9), None, 0.0, {2.0**-first: 6 for first in (4, 16, 28, 40)}),
        (lambda t: np.log(t + 2.0**-15), None, 0.0, {2.0**-4: 6, 2.0**-16: 6}),
    ],
)
def test_four_or_six_steps_to_both_sides_are_tried_and_smaller_ones_until_they_settle(
    function, step, magnitude, levels
):
    asked = []

    def value(distance):
        asked.append(distance)
        return np.atleast_1d(function(distance))

    derivative_range(value, np.atleast_1d(function(0.0)), step, magnitude)
    steps = [first / 4.0**level for first in levels for level in range(levels[first])]
    assert sorted(asked) == sorted([*steps, *[-each for each in steps]])


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_a_kink_is_seen_whatever_the_scale(scale):
    found = ranged(lambda x: scale * max(x, 0.0), 0.0)
    assert found.kink[0]
    assert (found.low[0], found.high[0]) == pytest.approx((0, scale), abs=1e-6 * scale)


@given(distance=st.floats(1e-7, 1.0), side=st.sampled_from([-1, 1]))
def test_beside_a_kink_there_is_one_slope(distance, side):
    found = ranged(lambda x: abs(x), side * distance)
    assert not found.kink[0]
    assert found.low[0] <= side <= found.high[0] and found.high[0] - found.low[0] < 1e-3


@pytest.mark.parametrize("x", [1e-12, 1e-9, 1e-3])
def test_steps_become_small_at_the_edge_of_the_domain(x):
    with np.errstate(all="ignore"):
        found = ranged(np.log, x)
    assert found.low[0] * x == pytest.approx(1, rel=1e-3)
    assert found.low[0] <= 1 / x <= found.high[0]


def test_each_output_has_the_steps_that_suit_it():
    found = ranged(lambda t: np.array([math.sin(t), math.sin(1e5 * t)]), 0.0)
    assert found.low == pytest.approx([1, 1e5], rel=1e-6)


@given(x=st.floats(-1, 1))
def test_rounding_inside_the_function_widens_the_range(x):
    """What cancels leaves noise, of which the values themselves say nothing."""
    for function, slope in [(lambda x: x + 1e5 - x - 1e5, 0), (lambda x: x + 1e5 - 1e5, 1)]:
        found = ranged(function, x)
        assert found.low[0] - 1e-12 <= slope <= found.high[0] + 1e-12


def test_a_jump_has_no_derivative():
    with pytest.raises(AssertionError, match="element 0 of the outputs do not settle"):
        ranged(lambda x: float(x > 0), 0.0)
    with pytest.raises(AssertionError, match="or try a smaller step"):
        ranged(np.log, 1e-9, 1.0)
