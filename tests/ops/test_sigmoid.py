"""Sigmoid: saturation, integers, what may change before backward."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.sigmoid import definition, sigmoid


@pytest.mark.parametrize("function", [sigmoid, definition])
def test_saturation(function):
    x = torch.tensor([17.5, 1e30, math.inf, -104.0, -math.inf, math.nan], requires_grad=True)
    out = function(x)
    np.testing.assert_array_equal(out.array, [1.0, 1.0, 1.0, 0.0, 0.0, math.nan])
    (slope,) = torch.autograd.grad(out, x, torch.ones(6), create_graph=True)
    assert np.all(np.abs(slope.array[:5]) <= 3e-8) and math.isnan(slope.array[5])
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(6))
    assert np.all(np.abs(curvature.array[:5]) <= 3e-8)
    assert 0 < function(torch.tensor([-88.0])).item() < np.finfo(np.float32).tiny


def test_the_input_may_change_before_backward_but_not_the_output():
    leaf = torch.tensor([0.0, 100.0], requires_grad=True)
    x = leaf * 1
    out = sigmoid(x)
    x.fill_(5.0)
    out.backward(torch.ones(2), retain_graph=True)
    assert leaf.grad.tolist() == [0.25, 0.0]
    out.mul_(2.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        out.backward(torch.ones(2))


def test_integers_and_bools_give_float32():
    for values_ in ([-1, 0, 1], [True, False]):
        x = torch.tensor(values_)
        out = sigmoid(x)
        assert out.dtype is torch.float32
        assert out.tolist() == sigmoid(x.float()).tolist()
