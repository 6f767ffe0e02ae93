"""ELU: the kernel against the definition, both against differences, the kink, the extremes."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.elu import definition, elu, fused
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
ALPHA = numbers(-3.0, 3.0, 1.0, 0.0)
AWAY_FROM_KINK = numbers(-3.0, -0.1) | numbers(0.1, 3.0)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, -88.0, -104.0, math.inf, -math.inf, math.nan, limits.max, limits.min)
    return numbers(-10.0, 10.0, *map(float, special), of=dtype)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    alpha = float(dtype.numpy.type(data.draw(ALPHA)))
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    # A subnormal exp(x) is rounded before alpha and the cotangent make it larger.
    subnormal = abs(alpha) * np.abs(cotangent.array) * np.finfo(dtype.numpy).tiny
    assert_agreement(fused, [x], [alpha], cotangent, units=2.0, magnitudes={"x": subnormal},
                     lost={"out": abs(alpha)})  # fmt: skip


@given(x=numbers(-120.0, 0.0, -1e-30, -0.0, of=torch.float32), alpha=ALPHA)
def test_nothing_is_lost_near_0(x, alpha):
    """Two roundings, of which the multiplication may double the first: 1.5 in the last place."""
    alpha, exact = np.float32(alpha), np.expm1(x)
    out = elu(torch.tensor([x]), float(alpha)).array[0]
    # Half a unit from the product; half a unit from expm1, which the product may double.
    assert abs(out - alpha * exact) <= 1.51 * np.spacing(np.abs(np.float32(alpha * exact)))


@pytest.mark.parametrize("function", [elu, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    alpha = data.draw(ALPHA)
    anywhere = st.sampled_from([0.0, -0.0]) | AWAY_FROM_KINK
    x = data.draw(contiguous_tensors(shapes(2, 3), anywhere))
    gradcheck(lambda x: function(x, alpha), x)
    smooth = data.draw(contiguous_tensors(shapes(2, 2), AWAY_FROM_KINK))
    gradcheck(lambda x: function(x, alpha), smooth, order=2)


@pytest.mark.parametrize("function", [elu, definition])
@pytest.mark.parametrize("alpha", [1.0, 0.5, -2.0, 0.0])
def test_at_the_kink_the_slope_is_the_left_one_and_the_curvature_0(function, alpha):
    x = torch.tensor([0.0, -0.0], requires_grad=True)
    (slope,) = torch.autograd.grad(function(x, alpha), x, torch.ones(2), create_graph=True)
    assert slope.tolist() == [alpha, alpha]
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(2))
    assert curvature.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("function", [elu, definition])
def test_extremes_have_finite_gradients(function):
    x = torch.tensor([1000.0, math.inf, -1000.0, -math.inf, math.nan], requires_grad=True)
    out = function(x, 2.0)
    np.testing.assert_array_equal(out.array, [1000.0, math.inf, -2.0, -2.0, math.nan])
    (slope,) = torch.autograd.grad(out, x, torch.ones(5), create_graph=True)
    np.testing.assert_array_equal(slope.array, [1.0, 1.0, 0.0, 0.0, math.nan])
    (curvature,) = torch.autograd.grad(slope, x, torch.ones(5))
    np.testing.assert_array_equal(curvature.array, [0.0, 0.0, 0.0, 0.0, math.nan])


def test_integers_are_refused_and_the_input_is_what_is_saved():
    with pytest.raises(NotImplementedError, match="\"elu_cpu\" not implemented for 'Long'"):
        elu(torch.tensor([1]))
    x = torch.tensor([-1.0, 2.0], requires_grad=True) * 1
    out = elu(x)
    out.fill_(0.0)
    kept = elu(x)
    x.fill_(0.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        kept.backward(torch.ones(2))
