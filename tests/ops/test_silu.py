"""SiLU: how it is rounded, 0 and the ends."""

import math

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.silu import definition, silu
from minigrad.testing.strategies import numbers

either = pytest.mark.parametrize("function", [silu, definition])


@given(x=numbers(-109.0, 109.0, 0.0, -1e-30, 1e-41, of=torch.float32))
def test_it_is_rounded_almost_exactly(x):
    wide = np.float64(np.float32(x))
    exact = wide / (1 + np.exp(-wide))
    out = silu(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@either
def test_at_0_and_at_the_ends(function):
    ends = [0.0, -0.0, 1e30, -1e30, math.inf, -math.inf, math.nan]
    x = torch.tensor(ends, dtype=torch.float64, requires_grad=True)
    out = function(x)
    np.testing.assert_array_equal(out.array, [0.0, -0.0, 1e30, -0.0, math.inf, math.nan, math.nan])
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(7).double())
    np.testing.assert_array_equal(slope.array, [0.5, 0.5, 1.0, 0.0, *[math.nan] * 3])


@pytest.mark.parametrize("create_graph", [False, True])
def test_the_slope_is_1_however_large_the_operand_and_its_cotangent(create_graph):
    x = torch.tensor([3.4e38, 1e30], requires_grad=True)
    (slope,) = torch.autograd.grad(
        silu(x), x, torch.tensor([0.5, 1e30]), create_graph=create_graph
    )
    np.testing.assert_array_equal(slope.array, np.float32([0.5, 1e30]))


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"silu_cpu\" not implemented for 'Long'"):
        silu(torch.tensor([1]))
