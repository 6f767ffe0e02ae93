"""Binary cross entropy of logits: what is lost, infinities, broadcasting."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.ops.binary_cross_entropy_with_logits import (
    binary_cross_entropy_with_logits,
    definition,
    fused,
)
from minigrad.testing.strategies import numbers


@given(x=numbers(-80.0, 80.0, 17.0, -17.0, of=torch.float32))
def test_nothing_is_lost_far_from_0(x):
    logit = torch.tensor([x], requires_grad=True)
    loss = binary_cross_entropy_with_logits(logit, torch.zeros(1))
    loss.backward()
    assert loss.item() == pytest.approx(np.logaddexp(0, x), rel=1e-6)
    assert logit.grad.item() == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-6)


@pytest.mark.parametrize("pos_weight", [None, 3.0])
@given(x=numbers(-500.0, 500.0, of=torch.float64), target=st.sampled_from([0.0, 0.25, 1.0]))
def test_no_less_is_known_where_the_target_has_a_gradient(pos_weight, x, target):
    weight = None if pos_weight is None else torch.tensor([pos_weight]).double()
    found = []
    for of_target in (False, True):
        logit = torch.tensor([x], dtype=torch.float64, requires_grad=True)
        wanted = torch.tensor([target], dtype=torch.float64, requires_grad=of_target)
        loss = binary_cross_entropy_with_logits(logit, wanted, pos_weight=weight)
        loss.backward()
        found.append([loss.item(), logit.grad.item()])
    assert found[1] == pytest.approx(found[0], rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("function", [fused, definition])
def test_a_tiny_weight_of_positive_targets_is_not_lost(function):
    x, target = torch.zeros(1).double(), torch.ones(1).double()
    loss = function(x, target, None, torch.tensor([1e-200]).double(), 1.0)
    assert loss.item() == pytest.approx(math.log(2) * 1e-200)


@pytest.mark.parametrize("function", [fused, definition])
def test_without_a_weight_no_target_is_so_large_that_the_logarithm_is_lost(function):
    x, target = torch.zeros(1), torch.tensor([-(2.0**64)])
    assert function(x, target, None, None, 1.0).item() == pytest.approx(math.log(2))


@pytest.mark.parametrize("of_target", [False, True])
def test_infinite_logits_have_pytorchs_losses_and_finite_gradients(of_target):
    x = torch.tensor([math.inf] * 2 + [-math.inf] * 3, requires_grad=True)
    target = torch.tensor([0.0, 1.0, 0.0, 1.0, 4.5], requires_grad=of_target)
    losses = binary_cross_entropy_with_logits(x, target, reduction="none")
    losses.sum().backward()
    wanted = [math.inf, math.nan, math.nan, math.nan, math.inf]
    np.testing.assert_array_equal(losses.array, wanted)
    assert x.grad.tolist() == [1.0, 0.0, 0.0, -1.0, -4.5]


def test_gradient_of_the_target_is_minus_the_logit():
    x = torch.tensor([2.0, -1000.0, math.inf])
    target = torch.tensor([0.25, 1.0, 0.0], requires_grad=True)
    binary_cross_entropy_with_logits(x, target, reduction="sum").backward()
    assert target.grad.tolist() == [-2.0, 1000.0, -math.inf]


def test_weights_broadcast_but_do_not_make_the_loss_larger():
    x, target = torch.zeros(2, 3), torch.ones(2, 3)
    weight, pos_weight = torch.tensor([1.0, 2.0, 0.0]), torch.tensor([[1.0], [3.0]])
    losses = binary_cross_entropy_with_logits(x, target, weight, pos_weight, "none").array
    np.testing.assert_allclose(losses / math.log(2), [[1.0, 2.0, 0.0], [3.0, 6.0, 0.0]], rtol=1e-6)
    for weights in ({"weight": torch.ones(2, 3)}, {"pos_weight": torch.ones(1, 3)}):
        with pytest.raises(RuntimeError, match=r"output with shape \[3\] doesn't match"):
            binary_cross_entropy_with_logits(x[0], target[0], **weights)
    with pytest.raises(ValueError, match=r"Target size .*\[2, 3\].* same as input size .*\[3\]"):
        binary_cross_entropy_with_logits(x[0], target)


def test_empty():
    x = torch.zeros(0, 3, requires_grad=True)
    mean = binary_cross_entropy_with_logits(x, torch.zeros(0, 3))
    assert math.isnan(mean.item())
    mean.backward()
    assert x.grad.shape == (0, 3)
    total = binary_cross_entropy_with_logits(x, torch.zeros(0, 3), reduction="sum")
    assert total.item() == 0.0
