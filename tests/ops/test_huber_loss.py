"""Huber loss: where its pieces meet, which deltas there are, broadcasting."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.huber_loss import definition, huber_loss


@pytest.mark.parametrize("function", [huber_loss, definition])
@pytest.mark.parametrize("delta", [1.0, 0.5, 2.0])
def test_where_the_pieces_meet_the_curvature_is_0(function, delta):
    x = torch.tensor([delta, -delta, 0.0, -0.0, math.inf, -math.inf], requires_grad=True)
    rest = ["none", delta] if function is huber_loss else [delta, None]
    losses = function(x, torch.zeros(6), *rest)
    assert losses.tolist() == [delta**2 / 2, delta**2 / 2, 0.0, 0.0, math.inf, math.inf]
    (slope,) = torch.autograd.grad(losses, x, torch.ones(6), create_graph=True)
    assert slope.tolist() == [delta, -delta, 0.0, 0.0, delta, -delta]
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(6))
    assert curvature.tolist() == [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("delta", [0.0, -1.0, math.nan])
def test_delta_is_positive(delta):
    with pytest.raises(RuntimeError, match="does not support non-positive values for delta"):
        huber_loss(torch.zeros(1), torch.zeros(1), delta=delta)


@pytest.mark.parametrize("function", [huber_loss, definition])
def test_with_an_infinite_delta_it_is_half_the_squared_error(function):
    x = torch.tensor([3.0, -math.inf], requires_grad=True)
    rest = ["none", math.inf] if function is huber_loss else [math.inf, None]
    losses = function(x, torch.zeros(2), *rest)
    np.testing.assert_array_equal(losses.array, [4.5, math.nan])  # infinity is not below delta
    (slope,) = torch.autograd.grad(losses, x, torch.ones(2), create_graph=True)
    assert slope.tolist() == [3.0, -math.inf]
    assert torch.autograd.grad(slope, x, torch.ones(2))[0].tolist() == [1.0, 0.0]


def test_sizes_broadcast_and_integers_are_refused():
    loss = huber_loss(torch.zeros(2, 1), torch.ones(3), "sum")
    assert loss.item() == 3.0
    with pytest.raises(NotImplementedError, match="\"huber_cpu\" not implemented for 'Long'"):
        huber_loss(torch.tensor([1]), torch.tensor([1]))
