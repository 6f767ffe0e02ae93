"""Tanh: how it is rounded, saturation, integers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

import minigrad as torch
from minigrad.ops.tanh import definition, tanh
from minigrad.testing.strategies import numbers

either = pytest.mark.parametrize("function", [tanh, definition])


@given(x=numbers(-12.0, 12.0, 0.0, -0.0, 1e-30, 1e-41, of=torch.float32))
def test_it_is_odd_to_the_bit_and_rounded_almost_exactly(x):
    out, mirrored = tanh(torch.tensor([x, -x])).array
    assert out.tobytes() == (-mirrored).tobytes()
    exact = np.tanh(np.float64(np.float32(x)))
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@either
def test_saturation(function):
    x = torch.tensor([9.1, 1e30, math.inf, -9.1, -math.inf, math.nan], requires_grad=True)
    out = function(x)
    np.testing.assert_array_equal(out.array, [1.0, 1.0, 1.0, -1.0, -1.0, math.nan])
    (slope,) = torch.autograd.grad(out, x, torch.ones(6), create_graph=True)
    assert np.all(np.abs(slope.array[:5]) <= 6e-8) and math.isnan(slope.array[5])


@given(x=numbers(-18.0, 18.0, of=torch.float64))
def test_a_slope_has_all_its_digits_where_little_is_left_of_it(x):
    leaf = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    out = tanh(leaf)
    out.backward()
    exact = 1 - Fraction(out.item()) ** 2
    assert abs(Fraction(leaf.grad.item()) - exact) <= 3 * Fraction(2.0**-53) * exact


def test_integers_and_bools_give_float32():
    for values_ in ([-1, 0, 1], [True, False]):
        x = torch.tensor(values_)
        out = tanh(x)
        assert out.dtype is torch.float32
        assert out.tolist() == tanh(x.float()).tolist()
