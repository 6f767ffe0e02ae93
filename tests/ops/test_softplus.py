"""Softplus: how it is rounded, the threshold, the extremes."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.softplus import definition, softplus
from minigrad.testing.strategies import numbers

either = pytest.mark.parametrize("function", [softplus, definition])


@given(x=numbers(-100.0, 19.0, 0.0, -88.0, -1e-30, of=torch.float32))
def test_it_is_rounded_almost_exactly_whether_nearly_0_or_nearly_x(x):
    exact = np.logaddexp(0.0, np.float64(np.float32(x)))
    out = softplus(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.float32(exact))


@given(x=numbers(-200.0, 6.0, of=torch.float64))
def test_what_rounding_loses_of_beta_x_is_not_multiplied_by_it(x):
    beta, leaf = 3.0, torch.tensor([x], dtype=torch.float64, requires_grad=True)
    with localcontext() as context:
        context.prec = 400  # what 1 and the smallest power have together, and more
        power = (Decimal(x) * 3).exp()
        value, slope = (1 + power).ln() / 3, power / (1 + power)
        out = softplus(leaf, beta)
        (grad,) = torch.autograd.grad(out.sum(), leaf)
        for found, exact in ((out.item(), value), (grad.item(), slope)):
            assert abs(Decimal(found) - exact) <= 3 * Decimal(math.ulp(float(exact)))


@either
def test_the_threshold_itself_belongs_to_the_curve(function):
    x = torch.tensor([2.0, 2.000001, -3.0], requires_grad=True)
    out = function(x, 0.5, 1.0)
    assert out.tolist() == pytest.approx([2.6265233, 2.000001, 0.4028267], rel=1e-6)
    (slope,) = torch.autograd.grad(out, x, torch.ones(3))
    assert slope.tolist() == pytest.approx([0.7310586, 1.0, 0.1824255], rel=1e-6)


@pytest.mark.parametrize(
    ("beta", "threshold"), [(1.0, 20.0), (2.0, 4.0), (-1.0, 3.0), (0.5, -1.0)]
)
def test_at_the_threshold_itself_it_is_straight(beta, threshold):
    x = torch.tensor(threshold / beta, requires_grad=True)
    out = softplus(x, beta, threshold)
    (slope,) = torch.autograd.grad(out, x, create_graph=True)
    assert slope.item() == pytest.approx(1 / (1 + math.exp(-threshold)), rel=1e-6)
    assert torch.autograd.grad(slope, x)[0].item() == 0


@pytest.mark.parametrize("threshold", [math.inf, -math.inf, math.nan])
def test_a_threshold_that_is_no_number_is_none(threshold):
    x = torch.tensor([math.inf, -math.inf, 1.0])
    np.testing.assert_array_equal(
        definition(x, 1.0, threshold).array, softplus(x, 1.0, threshold).array
    )


def test_extremes():
    x = torch.tensor([math.inf, -math.inf, math.nan, 1e30, -1e30, 90.0], requires_grad=True)
    out = softplus(x, threshold=100.0)
    np.testing.assert_array_equal(
        out.array, np.array([math.inf, 0.0, math.nan, 1e30, 0.0, 90.0], np.float32)
    )
    (slope,) = torch.autograd.grad(out, x, torch.ones(6))
    np.testing.assert_array_equal(slope.array, [1.0, 0.0, math.nan, 1.0, 0.0, 1.0])
    assert softplus(torch.tensor([1.0]), beta=0.0).tolist() == [math.inf]


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"softplus_cpu\" not implemented for 'Long'"):
        softplus(torch.tensor([1]))
