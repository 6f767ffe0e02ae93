"""Softmax and its logarithm beside cotangents at the end of float32, and infinite ones."""

import math

import numpy as np
import pytest

import minigrad as torch

either = pytest.mark.parametrize("function", [torch.softmax, torch.log_softmax])


@either
@pytest.mark.parametrize("cotangent", [[2e38] * 3, [-3e38, 3e38, 3e38], [1e30, 0.0, -1e38]])
def test_the_gradient_by_large_numbers_is_that_of_float64_rounded(function, cotangent):
    slopes = []
    for dtype in (torch.float32, torch.float64):
        x = torch.tensor([1.0, 2.0, 3.0], dtype=dtype, requires_grad=True)
        function(x, 0).backward(torch.tensor(cotangent, dtype=dtype))
        slopes.append(x.grad.array)
    with np.errstate(over="ignore"):
        expected = slopes[1].astype(np.float32)
    np.testing.assert_allclose(slopes[0], expected, rtol=1e-6)


@either
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_an_infinite_cotangent_leaves_the_others_a_sign(function, dtype):
    x = torch.tensor([1.0, 2.0, 3.0], dtype=dtype, requires_grad=True)
    function(x, 0).backward(torch.tensor([math.inf, 1.0, 1.0], dtype=dtype))
    np.testing.assert_array_equal(x.grad.array, [math.nan, -math.inf, -math.inf])
