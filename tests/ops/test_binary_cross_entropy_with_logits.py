"""Binary cross entropy of logits: kernel, definition, differences, what is lost, infinities."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.losses.reduction import scale_of
from minigrad.ops.binary_cross_entropy_with_logits import (
    binary_cross_entropy_with_logits,
    definition,
    fused,
)
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
WEIGHTS = numbers(0.1, 2.0, 1.0, 0.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    logits = numbers(-20.0, 20.0, 0.0, -0.0, 1e3, -1e3, math.inf, -math.inf, math.nan, of=dtype)
    x = data.draw(tensors(shape, dtype, logits))
    target = data.draw(
        tensors(shape, dtype, numbers(-0.5, 1.5, 0.0, 1.0, of=dtype), requires_grad=False)
    )
    weights = st.none() | tensors(
        shape, dtype, numbers(0.0, 2.0, 1.0, of=dtype), requires_grad=False
    )
    weight, pos_weight = data.draw(weights), data.draw(weights)
    scale = data.draw(st.none() | numbers(0.1, 1.0, 1.0))
    cotangent = data.draw(cotangents(shape if scale is None else (), dtype))
    added = np.nan_to_num(np.abs(x.array), posinf=0.0).astype(np.float64) * 8
    lost = {"out": added if scale is None else added.sum(), "x": 8.0}
    given = [x, target, weight, pos_weight]
    with np.errstate(invalid="ignore"):
        assert_agreement(fused, given, [scale], cotangent, units=8.0, lost=lost)


@pytest.mark.parametrize("function", [binary_cross_entropy_with_logits, definition])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, reduction, data):
    shape = data.draw(shapes(2, 2).filter(math.prod))
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0, 0.0, -0.0)))
    target = data.draw(contiguous_tensors(shape, numbers(0.0, 1.0, 0.0, 1.0)))
    weight, pos_weight = (
        data.draw(st.none() | contiguous_tensors(shape, WEIGHTS)) for _ in range(2)
    )
    scale = scale_of(reduction, math.prod(shape))
    rest = scale if function is definition else reduction
    for each in (target, weight, pos_weight):
        if each is not None:
            each.requires_grad_(data.draw(st.booleans()))
    gradcheck(function, [x, target, weight, pos_weight, rest], order=2)


@given(x=numbers(-80.0, 80.0, 17.0, -17.0, of=torch.float32))
def test_nothing_is_lost_far_from_0(x):
    logit = torch.tensor([x], requires_grad=True)
    loss = binary_cross_entropy_with_logits(logit, torch.zeros(1))
    loss.backward()
    assert loss.item() == pytest.approx(np.logaddexp(0, x), rel=1e-6)
    assert logit.grad.item() == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-6)


@pytest.mark.parametrize("function", [fused, definition])
def test_a_tiny_weight_of_positive_targets_is_not_lost(function):
    x, target = torch.zeros(1).double(), torch.ones(1).double()
    loss = function(x, target, None, torch.tensor([1e-200]).double(), 1.0)
    assert loss.item() == pytest.approx(math.log(2) * 1e-200)


def test_infinite_logits_have_pytorchs_losses_and_finite_gradients():
    x = torch.tensor([math.inf, math.inf, -math.inf, -math.inf], requires_grad=True)
    target = torch.tensor([0.0, 1.0, 0.0, 1.0])
    losses = binary_cross_entropy_with_logits(x, target, reduction="none")
    losses.sum().backward()
    np.testing.assert_array_equal(losses.array, [math.inf, math.nan, math.nan, math.nan])
    assert x.grad.tolist() == [1.0, 0.0, 0.0, -1.0]


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
