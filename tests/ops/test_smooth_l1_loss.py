"""Smooth absolute error: kernel against definition, against differences, where pieces meet."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.losses.reduction import scale_of
from minigrad.ops.smooth_l1_loss import definition, fused, smooth_l1_loss
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
POSITIVE = numbers(0.1, 3.0, 1.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    beta = float(dtype.numpy.type(data.draw(POSITIVE)))
    values = numbers(-10.0, 10.0, 0.0, -0.0, beta, math.inf, math.nan, of=dtype)
    wants = data.draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    x, target = (data.draw(tensors(shape, dtype, values, requires_grad=want)) for want in wants)
    scale = data.draw(st.none() | numbers(0.1, 1.0, 1.0))
    cotangent = data.draw(cotangents(shape if scale is None else (), dtype))
    with np.errstate(invalid="ignore"):
        assert_agreement(fused, [x, target], [beta, scale], cotangent, units=8.0)


@pytest.mark.parametrize("function", [smooth_l1_loss, definition])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, reduction, data):
    shape = data.draw(shapes(2, 2).filter(math.prod))
    beta = data.draw(POSITIVE)
    near = numbers(-0.4, 0.4, 0.0, -0.0) | st.sampled_from([-1.7, 1.7])  # of beta
    x, target = (data.draw(contiguous_tensors(shape, near)) for _ in range(2))
    x.array[...] = target.array + beta * x.array
    scale = scale_of(reduction, math.prod(shape))
    rest = [reduction, beta] if function is smooth_l1_loss else [beta, scale]
    gradcheck(function, [x, target, *rest], order=2, step=0.01 * beta)


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
