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
