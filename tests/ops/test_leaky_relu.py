"""Leaky ReLU: the kernel against the definition, both against differences, and the kink at 0."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.leaky_relu import definition, fused, leaky_relu
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [leaky_relu, definition])
SLOPE = numbers(-3.0, 3.0, 0.01, 1.0, 0.0)
AWAY_FROM_KINK = numbers(-3.0, -0.1) | numbers(0.1, 3.0)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, math.inf, -math.inf, math.nan, limits.max, limits.min, limits.tiny)
    return numbers(-10.0, 10.0, *map(float, special), of=dtype)


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    slope = float(dtype.numpy.type(data.draw(SLOPE)))
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    assert_agreement(fused, [x], [slope], cotangent, units=0.5)


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    slope = data.draw(SLOPE)
    x = data.draw(contiguous_tensors(shapes(2, 2), AWAY_FROM_KINK))
    gradcheck(lambda x: function(x, slope), x, order=2)


@either
@pytest.mark.parametrize("slope", [0.5, 0.0, -2.0, math.inf])
def test_at_the_kink_and_at_nan_the_slope_is_the_left_one(function, slope):
    x = torch.tensor([0.0, -0.0, math.nan], requires_grad=True)
    (found,) = torch.autograd.grad(function(x, slope), x, torch.ones(3))
    assert found.tolist() == [slope] * 3


@either
@pytest.mark.parametrize("slope", [0.5, -0.5])
def test_signs_of_zeros_and_infinities(function, slope):
    x = torch.tensor([0.0, -0.0, math.inf, -math.inf])
    expected = np.array([0.0, -0.0, math.inf, -math.inf], np.float32)
    expected[[0, 1, 3]] *= np.float32(slope)
    assert function(x, slope).array.tobytes() == expected.tobytes()


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"leaky_relu_cpu\" not implemented for 'Long'"):
        leaky_relu(torch.tensor([1]))
