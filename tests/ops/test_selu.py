"""SELU: the kernel against the definition, both against differences, its fixed point."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.selu import LEFT, SCALE, definition, fused, selu
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [selu, definition])
AWAY_FROM_KINK = numbers(-3.0, -0.1) | numbers(0.1, 3.0)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, -104.0, -800.0, math.inf, -math.inf, math.nan, limits.tiny, limits.min)
    return numbers(-10.0, 10.0, *map(float, special), of=dtype)


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    assert_agreement(fused, [x], [], cotangent, lost={"out": LEFT})


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    x = data.draw(contiguous_tensors(shapes(2, 2), AWAY_FROM_KINK))
    gradcheck(function, x, order=2)


@given(x=numbers(-120.0, 0.0, -1e-30, -1e-41, of=torch.float32))
def test_nothing_is_lost_near_0(x):
    exact = LEFT * np.expm1(np.float64(np.float32(x)))
    assert abs(selu(torch.tensor([x])).array[0] - exact) <= 0.51 * np.spacing(
        np.abs(np.float32(exact))
    )


@either
def test_at_the_kink_the_slope_is_the_left_one_and_at_the_ends_it_is_finite(function):
    ends = [0.0, -0.0, math.inf, -math.inf, math.nan]
    x = torch.tensor(ends, dtype=torch.float64, requires_grad=True)
    out = function(x)
    expected = [0.0, -0.0, math.inf, -LEFT, math.nan]
    np.testing.assert_allclose(out.array, expected, rtol=1e-15)
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(5).double())
    np.testing.assert_allclose(slope.array, [LEFT, LEFT, SCALE, 0.0, math.nan], rtol=1e-15)


def test_mean_0_and_variance_1_stay(seed=0):
    x = np.random.default_rng(seed).standard_normal(1_000_000)
    out = selu(torch.tensor(x)).array
    assert abs(out.mean()) < 0.005
    assert out.var() == pytest.approx(1.0, abs=0.01)


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"elu_cpu\" not implemented for 'Long'"):
        selu(torch.tensor([1]))
