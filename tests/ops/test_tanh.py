"""Tanh: the kernel against the definition, both against differences, saturation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.tanh import definition, fused, tanh
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [tanh, definition])


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, 9.0, -9.02, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    return numbers(-20.0, 20.0, *map(float, special), of=dtype)


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    # The definition takes 1 - decay near 0, the gradient 1 - y² where y is nearly 1.
    saturating = np.abs(cotangent.array)
    assert_agreement(
        fused, [x], [], cotangent, magnitudes={"x": saturating}, lost={"out": 1.0, "x": saturating}
    )


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    x = data.draw(contiguous_tensors(shapes(2, 2), numbers(-4.0, 4.0, 0.0, -0.0)))
    gradcheck(function, x, order=2)


@given(x=numbers(-12.0, 12.0, 0.0, -0.0, 1e-30, 1e-41, of=torch.float32))
def test_it_is_odd_to_the_bit_and_rounded_almost_exactly(x):
    out, mirrored = tanh(torch.tensor([x, -x])).array
    assert out.tobytes() == (-mirrored).tobytes()
    exact = np.tanh(np.float64(np.float32(x)))
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@either
def test_saturation(function):
    x = torch.tensor([9.1, 1e30, math.inf, -9.1, -math.inf, math.nan], requires_grad=True)
    out = function(x)
    np.testing.assert_array_equal(out.array, [1.0, 1.0, 1.0, -1.0, -1.0, math.nan])
    (slope,) = torch.autograd.grad(out, x, torch.ones(6), create_graph=True)
    assert np.all(np.abs(slope.array[:5]) <= 6e-8) and math.isnan(slope.array[5])


def test_integers_and_bools_give_float32():
    for values_ in ([-1, 0, 1], [True, False]):
        x = torch.tensor(values_)
        out = tanh(x)
        assert out.dtype is torch.float32
        assert out.tolist() == tanh(x.float()).tolist()
