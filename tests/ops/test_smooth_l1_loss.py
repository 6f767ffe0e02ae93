"""Smooth absolute error: where pieces meet, which betas there are, broadcasting."""

import math

import pytest

import minigrad as torch
from minigrad.ops.smooth_l1_loss import definition, smooth_l1_loss


@pytest.mark.parametrize("function", [smooth_l1_loss, definition])
@pytest.mark.parametrize("beta", [1.0, 0.5, 2.0])
def test_where_the_pieces_meet_the_curvature_is_0(function, beta):
    x = torch.tensor([beta, -beta, 0.0, -0.0, math.inf, -math.inf], requires_grad=True)
    rest = ["none", beta] if function is smooth_l1_loss else [beta, None]
    losses = function(x, torch.zeros(6), *rest)
    assert losses.tolist() == [beta / 2, beta / 2, 0.0, 0.0, math.inf, math.inf]
    (slope,) = torch.autograd.grad(losses, x, torch.ones(6), create_graph=True)
    assert slope.tolist() == [1.0, -1.0, 0.0, 0.0, 1.0, -1.0]
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(6))
    assert curvature.tolist() == [0.0, 0.0, 1 / beta, 1 / beta, 0.0, 0.0]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_equal_numbers_have_no_loss_where_beta_has_no_inverse(dtype):
    x = torch.tensor([1.0, 0.0], dtype=dtype, requires_grad=True)
    loss = smooth_l1_loss(x, torch.tensor([1.0, 3.0], dtype=dtype), "sum", 1e-320)
    loss.backward()
    assert loss.item() == 3.0
    assert x.grad.tolist() == [0.0, -1.0]


def test_with_beta_0_it_is_the_absolute_error():
    x = torch.tensor([0.0, -0.0, 3.0], requires_grad=True)
    loss = smooth_l1_loss(x, torch.zeros(3), "sum", 0.0)
    loss.backward()
    assert loss.item() == 3.0
    assert x.grad.tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("beta", [-1.0, -math.inf, math.nan])
def test_beta_is_not_negative(beta):
    with pytest.raises(RuntimeError, match="does not support negative values for beta"):
        smooth_l1_loss(torch.zeros(1), torch.zeros(1), beta=beta)


def test_sizes_broadcast_and_integers_are_refused():
    loss = smooth_l1_loss(torch.zeros(2, 1), torch.ones(3), "sum")
    assert loss.item() == 3.0
    with pytest.raises(NotImplementedError, match="\"smooth_l1_cpu\" not implemented for 'Long'"):
        smooth_l1_loss(torch.tensor([1]), torch.tensor([1]))
