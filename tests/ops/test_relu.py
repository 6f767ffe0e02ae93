"""ReLU: the kink at 0, its second derivative, integers, what may change before backward."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.relu import definition, relu


@pytest.mark.parametrize("function", [relu, definition])
def test_kink_zeros_and_what_is_not_a_number(function):
    x = torch.tensor([0.0, -0.0, math.nan, -math.inf, math.inf], requires_grad=True)
    out = function(x)
    assert np.signbit(out.array).tolist() == [False, True, np.signbit(x.array[2]), False, False]
    np.testing.assert_array_equal(out.array, [0.0, 0.0, math.nan, 0.0, math.inf])
    (slope,) = torch.autograd.grad(out, x, torch.full((5,), 3.0), create_graph=True)
    assert slope.tolist() == [0.0, 0.0, 3.0, 0.0, 3.0]
    if slope.requires_grad:
        (curvature,) = torch.autograd.grad(slope, x, torch.ones(5), allow_unused=True)
        assert curvature is None or not curvature.any()


def test_the_second_derivative_is_0_not_missing():
    """As in PyTorch: a penalty on the slope can be differentiated, even if nothing comes of it."""
    x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
    (slope,) = torch.autograd.grad(relu(x).sum(), x, create_graph=True)
    slope.square().sum().backward()
    assert (slope.tolist(), x.grad.tolist()) == ([0.0, 0.0, 1.0], [0.0, 0.0, 0.0])


def test_integers_and_bools():
    x = torch.tensor([-2, 0, 3])
    assert (relu(x).tolist(), relu(x).dtype) == ([0, 0, 3], torch.int64)
    with pytest.raises(RuntimeError, match="Boolean inputs not supported for relu"):
        relu(torch.tensor([True]))


def test_the_input_may_change_before_backward_but_not_the_output():
    leaf = torch.tensor([-1.0, 2.0], requires_grad=True)
    x = leaf * 1
    out = relu(x)
    x.fill_(-5.0)
    out.backward(torch.ones(2), retain_graph=True)
    assert leaf.grad.tolist() == [0.0, 1.0]
    out.add_(1.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        out.backward(torch.ones(2))
