"""Dropout: the kernel against the definition, both against differences, what is dropped."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.dropout import definition, dropout, fused
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [dropout, definition])
KEEP = numbers(0.05, 1.0, 0.5)


def masks(shape, dtype):
    return tensors(shape, dtype, st.sampled_from([0.0, 1.0]), requires_grad=False)


@both_dtypes
@given(data=st.data())
def test_kernel_is_the_definition(dtype, data):
    shape = data.draw(shapes())
    keep = float(dtype.numpy.type(data.draw(KEEP)))
    special = (0.0, -0.0, math.inf, -math.inf, math.nan)
    x = data.draw(tensors(shape, dtype, numbers(-10.0, 10.0, *special, of=dtype)))
    mask = data.draw(masks(shape, dtype))
    cotangent = data.draw(cotangents(shape, dtype))
    assert_agreement(fused, [x, mask], [keep], cotangent, units=1.5)
    out, expected = dropout(x, mask, keep).array, definition(x, mask, keep).array
    np.testing.assert_array_equal(out, expected)
    np.testing.assert_array_equal(np.signbit(out), np.signbit(expected))


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    keep, shape = data.draw(KEEP), data.draw(shapes(2, 3))
    mask = data.draw(masks(shape, torch.float64))
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0, 0.0)))
    gradcheck(lambda x: function(x, mask, keep), x, order=2)


@either
def test_what_is_dropped_is_multiplied_by_0(function):
    x = torch.tensor([-1.0, math.inf, math.nan, 3.0])
    out = function(x, torch.tensor([0.0, 0.0, 0.0, 1.0]), 0.5).array
    np.testing.assert_array_equal(out, [-0.0, math.nan, math.nan, 6.0])
    assert np.signbit(out[0])
