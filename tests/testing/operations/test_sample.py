"""What a sample is given: by Hypothesis or at random, smooth or with everything, long or short."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.testing.operations.hypothesis_draw import HypothesisDraw
from minigrad.testing.operations.random_draw import RandomDraw
from minigrad.testing.operations.sample import GAP, Manner

SPECIAL = (0.0, math.inf, math.nan)


def draws(data, manner):
    """Both who may draw."""
    seed = data.draw(st.integers(0, 1000))
    return HypothesisDraw(data.draw, torch.float64, manner), RandomDraw(
        seed, torch.float64, manner
    )


@given(data=st.data())
def test_what_is_smooth_is_finite_and_away_from_kinks(data):
    for draw in draws(data, Manner(smooth=True, at_kinks=False)):
        kinks = draw.tensor((3,), -1.0, 1.0).array
        x = draw.tensor((3,), -50.0, 50.0, *SPECIAL, kinks=[kinks, 0.0]).array
        for kink in (kinks, 0.0):
            assert (np.abs(x - kink) >= GAP).all()
        assert (np.abs(x) <= 5.0).all()


@pytest.mark.parametrize("settled", [True, False])
def test_kinks_are_drawn_unless_it_is_uncertain_which_side_they_are_on(settled):
    draw = RandomDraw(0, torch.float32, Manner())
    x = draw.tensor((2000,), -1.0, 1.0, *SPECIAL, kinks=[0.5], settled=settled).array
    assert (0.5 in x) is settled
    assert {0.0, math.inf} <= set(x) and np.isnan(x).any()


@given(data=st.data())
def test_sizes_of_one_name_are_one_size_and_long_where_that_matters(data):
    for draw in draws(data, Manner(long=40)):
        N = draw.size("rows")
        x, y = draw.tensor((N, 2), 0.0, 1.0), draw.integers((N,), 0, 3)
        assert x.shape[0] == y.shape[0] == N >= 20
        assert [shape[0].name for _, shape in draw.shapes] == ["rows", "rows"]
        assert max(draw.shape()) <= 40


def test_a_seed_repeats_a_sample():
    first, again = (RandomDraw(7, torch.float32, Manner()) for _ in range(2))
    x, y = (draw.tensor(draw.shape(), -1.0, 1.0, *SPECIAL) for draw in (first, again))
    assert x.array.tobytes() == y.array.tobytes()
