"""Softmax: lines without a result, one number and none, what is refused."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.softmax import definition, softmax

either = pytest.mark.parametrize("function", [softmax, definition])


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


@pytest.mark.parametrize("cotangent", [[2e38] * 3, [-3e38, 3e38, 3e38], [1e30, 0.0, -1e38]])
def test_the_gradient_by_large_numbers_is_that_of_float64_rounded(cotangent):
    slopes = []
    for dtype in (torch.float32, torch.float64):
        x = torch.tensor([1.0, 2.0, 3.0], dtype=dtype, requires_grad=True)
        softmax(x, 0).backward(torch.tensor(cotangent, dtype=dtype))
        slopes.append(x.grad.array)
    with np.errstate(over="ignore"):
        expected = slopes[1].astype(np.float32)
    np.testing.assert_allclose(slopes[0], expected, rtol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_an_infinite_cotangent_leaves_the_others_a_sign(dtype):
    x = torch.tensor([1.0, 2.0, 3.0], dtype=dtype, requires_grad=True)
    softmax(x, 0).backward(torch.tensor([math.inf, 1.0, 1.0], dtype=dtype))
    np.testing.assert_array_equal(x.grad.array, [math.nan, -math.inf, -math.inf])


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
