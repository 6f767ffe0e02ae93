"""Leaky ReLU: the kink, signs of zeros, infinities."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.leaky_relu import definition, leaky_relu

either = pytest.mark.parametrize("function", [leaky_relu, definition])


@either
@pytest.mark.parametrize("slope", [0.5, 0.0, -2.0, math.inf])
def test_at_the_kink_and_at_nan_the_slope_is_the_left_one(function, slope):
    x = torch.tensor([0.0, -0.0, math.nan], requires_grad=True)
    (found,) = torch.autograd.grad(function(x, slope), x, torch.ones(3))
    assert found.tolist() == [slope] * 3


@either
@pytest.mark.parametrize("slope", [0.5, -0.5])
def test_signs_of_zeros_and_infinities(function, slope):
    x = torch.tensor([0.0, -0.0, math.inf, -math.inf])
    expected = np.array([0.0, -0.0, math.inf, -math.inf], np.float32)
    expected[[0, 1, 3]] *= np.float32(slope)
    assert function(x, slope).array.tobytes() == expected.tobytes()


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"leaky_relu_cpu\" not implemented for 'Long'"):
        leaky_relu(torch.tensor([1]))
