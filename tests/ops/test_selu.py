"""SELU: what is lost near 0, the kink, the ends, its fixed point."""

import math

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.selu import LEFT, SCALE, definition, selu
from minigrad.testing.strategies import numbers

either = pytest.mark.parametrize("function", [selu, definition])


@given(x=numbers(-120.0, 0.0, -1e-30, -1e-41, of=torch.float32))
def test_nothing_is_lost_near_0(x):
    exact = LEFT * np.expm1(np.float64(np.float32(x)))
    assert abs(selu(torch.tensor([x])).array[0] - exact) <= 0.51 * np.spacing(
        np.abs(np.float32(exact))
    )


@either
def test_at_the_kink_the_slope_is_the_left_one_and_at_the_ends_it_is_finite(function):
    ends = [0.0, -0.0, math.inf, -math.inf, math.nan]
    x = torch.tensor(ends, dtype=torch.float64, requires_grad=True)
    out = function(x)
    expected = [0.0, -0.0, math.inf, -LEFT, math.nan]
    np.testing.assert_allclose(out.array, expected, rtol=1e-15)
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(5).double())
    np.testing.assert_allclose(slope.array, [LEFT, LEFT, SCALE, 0.0, math.nan], rtol=1e-15)


def test_mean_0_and_variance_1_stay(seed=0):
    x = np.random.default_rng(seed).standard_normal(1_000_000)
    out = selu(torch.tensor(x)).array
    assert abs(out.mean()) < 0.005
    assert out.var() == pytest.approx(1.0, abs=0.01)


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"elu_cpu\" not implemented for 'Long'"):
        selu(torch.tensor([1]))
