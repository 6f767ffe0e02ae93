"""Softplus: the kernel against the definition, both against differences, the threshold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.softplus import definition, fused, softplus
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [softplus, definition])
BETA = numbers(-2.0, -0.25) | numbers(0.25, 3.0, 1.0)
THRESHOLD = numbers(-2.0, 30.0, 20.0)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, 20.0, -104.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    return numbers(-40.0, 40.0, *map(float, special), of=dtype)


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    beta, threshold = (float(dtype.numpy.type(data.draw(each))) for each in (BETA, THRESHOLD))
    x = data.draw(tensors(shape, dtype, values))
    with np.errstate(over="ignore"):
        product = x.array.astype(np.float64) * beta
    # Where rounding decides on which side of the threshold they are, elements may differ.
    x.array[np.abs(product - threshold) < 1e-5] = 0.0 if threshold >= 0.01 else 10.0 / beta
    cotangent = data.draw(cotangents(shape, dtype))
    # The definition adds 1 before it takes the logarithm; in float64, beta · x is rounded.
    rounded = np.nan_to_num(np.abs(product), posinf=0.0)
    lost = {"out": 1 / abs(beta), "x": np.abs(cotangent.array) * rounded}
    assert_agreement(fused, [x], [beta, threshold], cotangent, lost=lost)


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    beta = data.draw(BETA)
    threshold = data.draw(st.sampled_from([20.0, 2.0, -0.5]))
    away = numbers(-4.0, 4.0, 0.0).filter(lambda x: abs(x * beta - threshold) > 0.05)
    x = data.draw(contiguous_tensors(shapes(2, 2), away))
    gradcheck(lambda x: function(x, beta, threshold), x, order=2)


@given(x=numbers(-100.0, 19.0, 0.0, -88.0, -1e-30, of=torch.float32))
def test_it_is_rounded_almost_exactly_whether_nearly_0_or_nearly_x(x):
    exact = np.logaddexp(0.0, np.float64(np.float32(x)))
    out = softplus(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.float32(exact))


@either
def test_the_threshold_itself_belongs_to_the_curve(function):
    x = torch.tensor([2.0, 2.000001, -3.0], requires_grad=True)
    out = function(x, 0.5, 1.0)
    assert out.tolist() == pytest.approx([2.6265233, 2.000001, 0.4028267], rel=1e-6)
    (slope,) = torch.autograd.grad(out, x, torch.ones(3))
    assert slope.tolist() == pytest.approx([0.7310586, 1.0, 0.1824255], rel=1e-6)


def test_extremes():
    x = torch.tensor([math.inf, -math.inf, math.nan, 1e30, -1e30, 90.0], requires_grad=True)
    out = softplus(x, threshold=100.0)
    np.testing.assert_array_equal(
        out.array, np.array([math.inf, 0.0, math.nan, 1e30, 0.0, 90.0], np.float32)
    )
    (slope,) = torch.autograd.grad(out, x, torch.ones(6))
    np.testing.assert_array_equal(slope.array, [1.0, 0.0, math.nan, 1.0, 0.0, 1.0])
    assert softplus(torch.tensor([1.0]), beta=0.0).tolist() == [math.inf]


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"softplus_cpu\" not implemented for 'Long'"):
        softplus(torch.tensor([1]))
