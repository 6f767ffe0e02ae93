"""GELU: its tails, its approximation, 0 and the ends."""

import math

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.gelu import APPROXIMATIONS, definition, gelu
from minigrad.testing.strategies import numbers

either = pytest.mark.parametrize("function", [gelu, definition])
both_ways = pytest.mark.parametrize("approximate", APPROXIMATIONS)


@given(x=numbers(-14.0, 14.0, 0.0, -1e-30, 1e-41, of=torch.float32))
def test_nothing_is_lost_in_the_tail(x):
    wide = float(np.float32(x))
    exact = wide * 0.5 * math.erfc(-wide * math.sqrt(0.5))
    out = gelu(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@given(x=numbers(-10.0, 10.0))
def test_the_approximation_is_as_good_as_promised(x):
    x = torch.tensor([x], dtype=torch.float64)
    assert abs(gelu(x).item() - gelu(x, "tanh").item()) <= 5e-4


@both_ways
@either
def test_at_0_and_at_the_ends(function, approximate):
    x = torch.tensor([0.0, -0.0, 1e30, -1e30, math.inf, -math.inf, math.nan], requires_grad=True)
    out = function(x.double(), approximate)
    expected = [0.0, -0.0, np.float32(1e30), -0.0, math.inf, math.nan, math.nan]
    np.testing.assert_array_equal(out.array, expected)
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(7).double())
    np.testing.assert_array_equal(slope.array, [0.5, 0.5, 1.0, 0.0, *[math.nan] * 3])


def test_what_is_refused():
    with pytest.raises(NotImplementedError, match="\"GeluKernelImpl\" not implemented for 'Long'"):
        gelu(torch.tensor([1]))
    with pytest.raises(RuntimeError, match="approximate argument must be either none or tanh"):
        gelu(torch.tensor([1.0]), "erf")
