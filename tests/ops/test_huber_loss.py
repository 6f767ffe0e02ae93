"""Huber loss: kernel against definition, both against differences, where its pieces meet."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.losses.reduction import scale_of
from minigrad.ops.huber_loss import definition, fused, huber_loss
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
POSITIVE = numbers(0.1, 3.0, 1.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    delta = float(dtype.numpy.type(data.draw(POSITIVE)))
    values = numbers(-10.0, 10.0, 0.0, -0.0, delta, math.inf, math.nan, of=dtype)
    wants = data.draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    x, target = (data.draw(tensors(shape, dtype, values, requires_grad=want)) for want in wants)
    scale = data.draw(st.none() | numbers(0.1, 1.0, 1.0))
    cotangent = data.draw(cotangents(shape if scale is None else (), dtype))
    with np.errstate(invalid="ignore"):
        assert_agreement(fused, [x, target], [delta, scale], cotangent, units=8.0)


@pytest.mark.parametrize("function", [huber_loss, definition])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, reduction, data):
    shape = data.draw(shapes(2, 2).filter(math.prod))
    delta = data.draw(POSITIVE)
    near = numbers(-0.4, 0.4, 0.0, -0.0) | st.sampled_from([-1.7, 1.7])  # of delta
    x, target = (data.draw(contiguous_tensors(shape, near)) for _ in range(2))
    x.array[...] = target.array + delta * x.array
    scale = scale_of(reduction, math.prod(shape))
    rest = [reduction, delta] if function is huber_loss else [delta, scale]
    gradcheck(function, [x, target, *rest], order=2, step=0.01 * delta)


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
