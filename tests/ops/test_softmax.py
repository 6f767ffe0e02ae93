"""Softmax over every dimension: kernel and definition, differences, lines without a result."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.softmax import definition, fused, softmax
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3
both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [softmax, definition])


def values(dtype):
    return numbers(-20.0, 20.0, 0.0, -0.0, 1.0, -104.0, -800.0, -math.inf, of=dtype)


def dimensions(shape):
    return st.integers(0, max(len(shape) - 1, 0))


@both_dtypes
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes().filter(len))
    dim = data.draw(dimensions(shape))
    x = data.draw(tensors(shape, dtype, values))
    cotangent = data.draw(cotangents(shape, dtype))
    # In the gradient, the average is taken off; a score's rounding is its power's.
    size = 1.0 + np.clip(np.abs(x.array), 0.0, 1000.0).max(dim, keepdims=True, initial=0.0)
    weighted = np.nan_to_num(fused(x, dim).array) * np.abs(cotangent.array).sum(dim, keepdims=True)
    lost = {"out": size, "x": size * np.abs(cotangent.array).sum(dim, keepdims=True)}
    assert_agreement(fused, [x], [dim], cotangent, magnitudes={"x": weighted}, lost=lost)


@either
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    shape = data.draw(shapes(3, 3).filter(len))
    dim = data.draw(dimensions(shape))
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0, 0.0)))
    gradcheck(lambda x: function(x, dim), x, order=2)


@given(data=st.data())
def test_each_line_is_as_if_it_were_alone(data):
    shape = data.draw(shapes(4, 5).filter(len))
    dim = data.draw(dimensions(shape))
    x = data.draw(
        tensors(shape, torch.float32, numbers(-5.0, 5.0, of=torch.float32), requires_grad=False)
    )
    lines = np.moveaxis(softmax(x, dim).array, dim, -1)
    for index in np.ndindex(lines.shape[:-1]):
        alone = np.moveaxis(x.array, dim, -1)[index].copy()
        np.testing.assert_array_equal(lines[index], softmax(torch.from_numpy(alone), 0).array)


@both_dtypes
@given(data=st.data())
def test_each_line_adds_up_to_1(dtype, data):
    x = data.draw(tensors((3, 4), dtype, numbers(-1e4, 1e4, of=dtype), requires_grad=False))
    total = softmax(x, 1).array.sum(1, dtype=np.float64)
    np.testing.assert_allclose(total, 1.0, rtol=4 * np.finfo(dtype.numpy).eps)


@either
@pytest.mark.parametrize(
    "line", [[math.inf, 1.0, 2.0], [-math.inf] * 3, [math.nan, 1.0, 2.0], [1.0, 2.0, math.nan]]
)
def test_lines_that_have_no_probabilities_are_nan_throughout(function, line):
    x = torch.tensor([line, [0.0, 1.0, 2.0]], requires_grad=True)
    out = function(x, 1)
    (slope,) = torch.autograd.grad(out, x, torch.ones(2, 3) + out.detach())
    for found in (out, slope):
        assert np.isnan(found.array[0]).all() and np.isfinite(found.array[1]).all()


def test_one_number_and_none():
    assert softmax(torch.tensor(3.0), -1).item() == 1.0
    for shape in ((0,), (0, 3), (3, 0)):
        x = torch.zeros(*shape, requires_grad=True)
        for dim in range(len(shape)):
            out = softmax(x, dim)
            assert out.shape == shape
            (slope,) = torch.autograd.grad(out, x, torch.zeros(*shape))
            assert slope.shape == shape


def test_what_is_refused():
    with pytest.raises(IndexError, match=r"range of \[-2, 1\], but got 2"):
        softmax(torch.zeros(2, 2), 2)
    for dim, place in ((0, ""), (1, "_lastdim")):
        message = f"\"softmax{place}_kernel_impl\" not implemented for 'Long'"
        with pytest.raises(NotImplementedError, match=message):
            softmax(torch.tensor([[1]]), dim)
