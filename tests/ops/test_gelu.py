"""GELU: the kernel against the definition, both against differences, its tails."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.gelu import APPROXIMATIONS, definition, fused, gelu
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [gelu, definition])
both_ways = pytest.mark.parametrize("approximate", APPROXIMATIONS)


def values(dtype):
    limits = np.finfo(dtype.numpy)
    special = (0.0, -0.0, -5.0, -14.0, math.inf, -math.inf, math.nan, limits.tiny)
    return numbers(-12.0, 12.0, *map(float, special), of=dtype)


@both_ways
@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, approximate, data):
    shape = data.draw(shapes())
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    size = np.nan_to_num(np.abs(x.array), posinf=0.0)
    # Far left the two terms of the gradient cancel; a rounding of the exponent's x² or x³ is
    # multiplied by the exponent, and so is exp's.
    grown = np.nan_to_num(np.abs(gelu(x, approximate).array), posinf=0.0) * (1 + size**3)
    slope = np.abs(cotangent.array) * (grown * (1 + size**2) + 1)
    assert_agreement(fused, [x], [approximate], cotangent, lost={"out": grown, "x": slope})


@both_ways
@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, approximate, data):
    x = data.draw(contiguous_tensors(shapes(2, 2), numbers(-4.0, 4.0, 0.0, -0.0)))
    gradcheck(lambda x: function(x, approximate), x, order=2)


@given(x=numbers(-14.0, 14.0, 0.0, -1e-30, 1e-41, of=torch.float32))
def test_nothing_is_lost_in_the_tail(x):
    wide = float(np.float32(x))
    exact = wide * 0.5 * math.erfc(-wide * math.sqrt(0.5))
    out = gelu(torch.tensor([x])).array[0]
    assert abs(out - exact) <= 0.51 * np.spacing(np.abs(np.float32(exact)))


@given(x=numbers(-10.0, 10.0))
def test_the_approximation_is_as_good_as_promised(x):
    x = torch.tensor([x], dtype=torch.float64)
    assert abs(gelu(x).item() - gelu(x, "tanh").item()) <= 5e-4


@both_ways
@either
def test_at_0_and_at_the_ends(function, approximate):
    x = torch.tensor([0.0, -0.0, 1e30, -1e30, math.inf, -math.inf, math.nan], requires_grad=True)
    out = function(x.double(), approximate)
    expected = [0.0, -0.0, np.float32(1e30), -0.0, math.inf, math.nan, math.nan]
    np.testing.assert_array_equal(out.array, expected)
    assert np.signbit(out.array[:2]).tolist() == [False, True]
    (slope,) = torch.autograd.grad(out, x, torch.ones(7).double())
    np.testing.assert_array_equal(slope.array, [0.5, 0.5, 1.0, 0.0, *[math.nan] * 3])


def test_what_is_refused():
    with pytest.raises(NotImplementedError, match="\"GeluKernelImpl\" not implemented for 'Long'"):
        gelu(torch.tensor([1]))
    with pytest.raises(RuntimeError, match="approximate argument must be either none or tanh"):
        gelu(torch.tensor([1.0]), "erf")
