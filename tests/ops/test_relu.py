"""ReLU: the kernel against the definition, both against differences, and the kink at 0."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.relu import definition, fused, relu
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
AWAY_FROM_KINK = numbers(-3.0, -0.1) | numbers(0.1, 3.0)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    return numbers(-10.0, 10.0, *map(float, special), of=dtype)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_is_the_definition_to_the_bit(dtype, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    assert_agreement(fused, [x], [], cotangent, units=0.0)
    same_bits = relu(x).array.view(f"i{dtype.itemsize}") == definition(x).array.view(
        f"i{dtype.itemsize}"
    )
    assert np.all(same_bits | np.isnan(x.array))


@pytest.mark.parametrize("function", [relu, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    anywhere = st.sampled_from([0.0, -0.0]) | AWAY_FROM_KINK
    gradcheck(function, data.draw(contiguous_tensors(shapes(2, 3), anywhere)))
    gradcheck(function, data.draw(contiguous_tensors(shapes(2, 2), AWAY_FROM_KINK)), order=2)


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
