"""SiLU: the kernel against the definition, both against differences, its ends."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.silu import definition, fused, silu
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [silu, definition])


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, -88.0, -104.0, 1e30, math.inf, -math.inf, math.nan, limits.tiny)
    return numbers(-40.0, 40.0, *map(float, special), of=dtype)


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    # 1 - σ(x) is off by a rounding of 1, and multiplied by x.
    size = np.clip(np.nan_to_num(np.abs(x.array)), 0.0, 100.0)
    assert_agreement(fused, [x], [], cotangent, lost={"x": np.abs(cotangent.array) * (1.0 + size)})


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    x = data.draw(contiguous_tensors(shapes(2, 2), numbers(-5.0, 5.0, 0.0, -0.0)))
    gradcheck(function, x, order=2)


@given(x=numbers(-109.0, 109.0, 0.0, -1e-30, 1e-41, of=torch.float32))
def test_it_is_rounded_almost_exactly(x):
    wide = np.float64(np.float32(x))
    exact = wide / (1 + np.exp(-wide))
    out = silu(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@either
def test_at_0_and_at_the_ends(function):
    ends = [0.0, -0.0, 1e30, -1e30, math.inf, -math.inf, math.nan]
    x = torch.tensor(ends, dtype=torch.float64, requires_grad=True)
    out = function(x)
    np.testing.assert_array_equal(out.array, [0.0, -0.0, 1e30, -0.0, math.inf, math.nan, math.nan])
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(7).double())
    np.testing.assert_array_equal(slope.array, [0.5, 0.5, 1.0, 0.0, *[math.nan] * 3])


def test_integers_are_refused():
    with pytest.raises(NotImplementedError, match="\"silu_cpu\" not implemented for 'Long'"):
        silu(torch.tensor([1]))
