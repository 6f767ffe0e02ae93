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


def drawn(make, manner, count=400):
    """What many draws give."""
    return [make(RandomDraw(seed, torch.float64, manner)) for seed in range(count)]


SMOOTH, VERY_LONG = Manner(smooth=True), Manner(long=400_000)


@pytest.mark.parametrize(
    ("manner", "least", "most"),
    [(Manner(), 0, 4), (SMOOTH, 1, 3), (Manner(long=40), 20, 40), (VERY_LONG, 32, 64)],
)
def test_sizes_are_all_between_two_bounds(manner, least, most):
    assert {*drawn(lambda draw: draw.size("rows"), manner)} == {*range(least, most + 1)}
    if not manner.long:
        found = {*drawn(lambda draw: draw.size("rows", 2, 6), manner)}
        assert found == {*range(2, 5 if manner.smooth else 7)}


@pytest.mark.parametrize(
    ("manner", "dims", "sides"), [(Manner(), range(4), range(5)), (SMOOTH, range(3), range(1, 4))]
)
def test_shapes_are_of_all_dimensions_and_sides(manner, dims, sides):
    shapes = drawn(lambda draw: draw.shape(), manner)
    assert {len(each) for each in shapes} == {*dims}
    assert {side for each in shapes for side in each} == {*sides}
    assert {len(each) for each in drawn(lambda draw: draw.shape(3, 3), manner)} == {3}
    assert {len(each) for each in drawn(lambda draw: draw.shape(min_dims=1), manner)} == {
        *dims[1:]
    }
    assert [each.name for each in shapes[0]] == [f"dimension {at}" for at in range(len(shapes[0]))]


def test_where_lengths_matter_one_dimension_is_long():
    for long, least in ((40, 1), (400_000, 200_000)):
        shapes = drawn(lambda draw: draw.shape(), Manner(long=long))
        assert {len(each) for each in shapes} == {1, 2}
        longest = [max(each) for each in shapes]
        assert least <= min(longest) and 0.9 * long < max(longest) <= long
        assert {min(each) for each in shapes if len(each) == 2} <= {1, 2}
        assert {each.index(max(each)) for each in shapes} == {0, 1}
        assert {len(each) for each in drawn(lambda draw: draw.shape(2), Manner(long=long))} == {2}


def test_one_number_in_eight_is_special_and_all_are_within_bounds():
    x = RandomDraw(0, torch.float64, Manner()).tensor((20_000,), -2.0, 6.0, *SPECIAL, 50.0).array
    usual = x[np.isfinite(x) & (x != 0) & (x != 50)]
    assert usual.min() < -1.99 and 5.99 < usual.max() <= 6
    assert (len(x) - len(usual)) / len(x) == pytest.approx(1 / 8, rel=0.05)
    assert {*x[~np.isnan(x)]} - {*usual} == {0.0, math.inf, 50.0} and np.isnan(x).any()
    whole = RandomDraw(0, torch.float64, Manner()).integers((20_000,), -1, 3, -100).array
    assert {*whole} == {-1, 0, 1, 2, 3, -100}
    assert (whole == -100).mean() == pytest.approx(1 / 8, rel=0.05)


@pytest.mark.parametrize("manner", [SMOOTH, Manner(special=False)])
def test_in_some_manners_nothing_is_special_that_is_out_of_bounds(manner):
    x = RandomDraw(0, torch.float64, manner).tensor((5000,), -2.0, 2.5, -2.0, *SPECIAL, 9.0).array
    assert np.isfinite(x).all() and -2 == x.min() and x.max() <= 2.5
    assert {-2.0, 0.0} <= {*x}


def test_bounds_where_derivatives_are_taken():
    draw = RandomDraw(0, torch.float64, SMOOTH)
    for bounds, low, high in (((-50.0, 50.0), -3, 3), ((-1.0, 2.0), -1, 2), ((0.5, 9.0), 0.5, 3)):
        x = draw.tensor((5000,), *bounds).array
        assert low <= x.min() < low + 0.01 and high - 0.01 < x.max() <= high
        x = draw.tensor((5000,), *bounds, smooth=(-4.0, 4.0)).array
        assert -4 <= x.min() < -3.9 and 3.9 < x.max() <= 4
    numbers = [draw.number(0.0, 9.0, 9.0, smooth=(1.0, 2.0)) for _ in range(300)]
    assert 1 <= min(numbers) and max(numbers) <= 2
    usual = drawn(lambda draw: draw.number(0.0, 9.0, 20.0), Manner())
    assert 20.0 in usual and 0 <= min(usual) < 0.5 and max({*usual} - {20.0}) > 8.5


def wanted(**options):
    """How often a gradient is wanted, in most manners and where derivatives are taken."""
    found = []
    for manner in (Manner(), SMOOTH):
        draw = RandomDraw(0, torch.float64, manner)
        made = [draw.tensor((1,), 0.0, 1.0, **options).requires_grad for _ in range(900)]
        found.append(sum(made) / len(made))
    return found


def test_two_of_three_tensors_want_a_gradient():
    assert wanted() == pytest.approx([2 / 3, 2 / 3], rel=0.1)
    assert wanted(gradient=False) == [0, 0]
    assert wanted(constant=True) == [0, pytest.approx(2 / 3, rel=0.1)]


def test_half_of_what_is_optional_is_there_and_half_of_a_mask_is_ones():
    draw = RandomDraw(0, torch.float32, Manner())
    there = [draw.scale() for _ in range(900)]
    assert sum(each is None for each in there) / 900 == pytest.approx(1 / 2, rel=0.1)
    scales = {each for each in there if each is not None}
    assert 0.1 <= min(scales) < 0.11 and max(scales) == 1.0
    mask = draw.mask((1000,))
    assert mask.dtype is torch.float32 and mask.array.mean() == pytest.approx(1 / 2, rel=0.1)
    assert {*mask.array} == {0, 1} and not mask.requires_grad


def test_as_many_numbers_are_at_each_kink_and_none_nearly():
    x = RandomDraw(0, torch.float64, Manner()).tensor((9000,), -1.0, 1.0, kinks=[0.25]).array
    assert (x == 0.25).mean() == pytest.approx(1 / 3, rel=0.05)
    both = RandomDraw(0, torch.float64, Manner()).tensor((9000,), -1.0, 1.0, kinks=[0.25, -0.5])
    for kink in (0.25, -0.5):
        assert (both.array == kink).mean() == pytest.approx(1 / 5, rel=0.05)
    unsettled = RandomDraw(0, torch.float64, Manner()).tensor(
        (9000,), -0.01, 0.01, kinks=[0.0], settled=False
    )
    assert 1e-3 <= np.abs(unsettled.array).min() < 1.1e-3
    smooth = RandomDraw(0, torch.float64, SMOOTH).tensor((9000,), -1.0, 1.0, kinks=[0.0]).array
    assert 0.1 <= np.abs(smooth[smooth != 0]).min() < 0.101 and (smooth == 0).any()
    away = Manner(smooth=True, at_kinks=False)
    assert (np.abs(RandomDraw(0, torch.float64, away).tensor((9000,), -1, 1, kinks=[0.0]).array)
            >= 0.1).all()  # fmt: skip
