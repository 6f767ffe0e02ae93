"""Absolute error: the kink, infinities, broadcasting."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.l1_loss import definition, l1_loss


@pytest.mark.parametrize("function", [l1_loss, definition])
def test_without_a_difference_there_is_no_gradient_of_any_order(function):
    values = [0.0, -0.0, 1.0, math.inf, math.nan]
    x, target = (torch.tensor(values, requires_grad=True) for _ in range(2))
    with np.errstate(invalid="ignore"):
        losses = function(x, target, "none" if function is l1_loss else None)
        slopes = torch.autograd.grad(losses, (x, target), torch.ones(5), create_graph=True)
    np.testing.assert_array_equal(losses.array, [0.0, 0.0, 0.0, math.nan, math.nan])
    assert [slope.tolist() for slope in slopes] == [[0.0] * 5] * 2
    (slopes[0] + slopes[1]).sum().backward()
    assert x.grad.tolist() == target.grad.tolist() == [0.0] * 5


def test_an_infinite_difference_makes_the_sum_infinite():
    x = torch.tensor([math.inf, 1.0, -math.inf], requires_grad=True)
    loss = l1_loss(x, torch.zeros(3))
    loss.backward()
    assert loss.item() == math.inf
    np.testing.assert_allclose(x.grad.array, [1 / 3, 1 / 3, -1 / 3], rtol=1e-7)


def test_sizes_broadcast_and_nothing_has_no_mean():
    x = torch.tensor([[1.0], [2.0]], requires_grad=True)
    target = torch.tensor([0.0, 1.5, 3.0], requires_grad=True)
    loss = l1_loss(x, target, "sum")
    loss.backward()
    assert loss.item() == 1 + 0.5 + 2 + 2 + 0.5 + 1
    assert x.grad.tolist() == [[-1.0], [1.0]]
    assert target.grad.tolist() == [-2.0, 0.0, 2.0]
    assert math.isnan(l1_loss(torch.zeros(0), torch.zeros(0)).item())
    with pytest.raises(RuntimeError, match=r"size of tensor a \(2\) must match .* b \(3\)"):
        l1_loss(torch.zeros(2), torch.zeros(3))
    with pytest.raises(TypeError, match="operand 'target' is an array of shape"):
        l1_loss(torch.zeros(2), torch.zeros(2).double())
