"""Sigmoid: the kernel against the definition, both against differences, saturation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.sigmoid import definition, fused, sigmoid
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, 17.0, -88.0, -104.0, math.inf, -math.inf, math.nan, limits.max)
    return numbers(-40.0, 40.0, *map(float, special), of=dtype)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    # 1 - y is off by a rounding of 1, however small it is.
    saturating = np.abs(cotangent.array) * np.nan_to_num(sigmoid(x).array)
    assert_agreement(fused, [x], [], cotangent, magnitudes={"x": saturating})


@pytest.mark.parametrize("function", [sigmoid, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    x = data.draw(contiguous_tensors(shapes(2, 2), numbers(-5.0, 5.0, 0.0, -0.0)))
    gradcheck(function, x, order=2)


@given(x=numbers(-200.0, 200.0, 0.0, 17.0, 800.0, of=torch.float32))
def test_the_two_probabilities_add_to_1(x):
    p, q = sigmoid(torch.tensor([x, -x])).array
    assert abs(np.float64(p) + np.float64(q) - 1) <= 2.0**-24
    p, q = sigmoid(torch.tensor([x, -x], dtype=torch.float64)).array
    assert abs(p - (1 - q)) <= 2.0**-52


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
