"""ELU: what is lost near 0, the kink, the extremes, what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.elu import definition, elu
from minigrad.testing.strategies import numbers

ALPHA = numbers(-3.0, 3.0, 1.0, 0.0)


@given(x=numbers(-120.0, 0.0, -1e-30, -0.0, of=torch.float32), alpha=ALPHA)
def test_nothing_is_lost_near_0(x, alpha):
    """Two roundings, of which the multiplication may double the first: 1.5 in the last place."""
    alpha, exact = np.float32(alpha), np.expm1(x)
    out = elu(torch.tensor([x]), float(alpha)).array[0]
    # Half a unit from the product; half a unit from expm1, which the product may double.
    assert abs(out - alpha * exact) <= 1.51 * np.spacing(np.abs(np.float32(alpha * exact)))


@pytest.mark.parametrize("function", [elu, definition])
@pytest.mark.parametrize("alpha", [1.0, 0.5, -2.0, 0.0])
def test_at_the_kink_the_slope_is_the_left_one_and_the_curvature_0(function, alpha):
    x = torch.tensor([0.0, -0.0], requires_grad=True)
    (slope,) = torch.autograd.grad(function(x, alpha), x, torch.ones(2), create_graph=True)
    assert slope.tolist() == [alpha, alpha]
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(2))
    assert curvature.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("function", [elu, definition])
def test_extremes_have_finite_gradients(function):
    x = torch.tensor([1000.0, math.inf, -1000.0, -math.inf, math.nan], requires_grad=True)
    out = function(x, 2.0)
    np.testing.assert_array_equal(out.array, [1000.0, math.inf, -2.0, -2.0, math.nan])
    (slope,) = torch.autograd.grad(out, x, torch.ones(5), create_graph=True)
    np.testing.assert_array_equal(slope.array, [1.0, 1.0, 0.0, 0.0, math.nan])
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(5))
    np.testing.assert_array_equal(curvature.array, [0.0, 0.0, 0.0, 0.0, math.nan])


def test_integers_are_refused_and_the_input_is_what_is_saved():
    with pytest.raises(NotImplementedError, match="\"elu_cpu\" not implemented for 'Long'"):
        elu(torch.tensor([1]))
    x = torch.tensor([-1.0, 2.0], requires_grad=True) * 1
    out = elu(x)
    out.fill_(0.0)
    kept = elu(x)
    x.fill_(0.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        kept.backward(torch.ones(2))
