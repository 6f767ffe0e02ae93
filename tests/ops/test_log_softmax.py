"""Log-softmax: certainty, lines without a result, one number and none."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.log_softmax import definition, log_softmax

both_dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
either = pytest.mark.parametrize("function", [log_softmax, definition])


@both_dtypes
def test_what_is_missing_to_certainty_is_not_lost(dtype):
    out = log_softmax(torch.tensor([0.0, -60.0, -700.0], dtype=dtype), 0)
    expected = np.array([-np.exp(-60.0), -60.0, -700.0], dtype.numpy)
    np.testing.assert_array_equal(out.array, expected)


@both_dtypes
@pytest.mark.parametrize("n", [3, 31, 32, 1024, 1025, 2500])
@pytest.mark.parametrize("missing", [1e-30, 1e-9, 1e-7, 2e-7, 1e-3])
def test_however_long_a_line_and_however_near_to_certainty(dtype, n, missing):
    lines = np.full((3, n), math.log(missing / (n - 1)), dtype.numpy)
    lines[0, 0] = lines[1, n // 2] = lines[2, -1] = 0.0
    exact = lines.astype(np.longdouble)
    exact -= np.log1p(np.exp(exact[:1, 1:]).sum())
    # Sums are of float64, in eight parts: of float64, each of their additions may be off.
    ulp = 1 if dtype == torch.float32 else 2 + n // 16
    for x, dim in ((lines, 1), (lines.T.copy(), 0)):
        found = log_softmax(torch.tensor(x), dim).array
        np.testing.assert_array_max_ulp(found if dim else found.T, exact.astype(dtype.numpy), ulp)


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
    assert log_softmax(torch.tensor(3.0), -1).item() == 0.0
    for shape in ((0,), (0, 3), (3, 0)):
        x = torch.zeros(*shape, requires_grad=True)
        for dim in range(len(shape)):
            out = log_softmax(x, dim)
            assert out.shape == shape
            (slope,) = torch.autograd.grad(out, x, torch.zeros(*shape))
            assert slope.shape == shape


def test_what_is_refused():
    with pytest.raises(IndexError, match=r"range of \[-2, 1\], but got 2"):
        log_softmax(torch.zeros(2, 2), 2)
    for dim, place in ((0, ""), (1, "_lastdim")):
        message = f"\"log_softmax{place}_kernel_impl\" not implemented for 'Long'"
        with pytest.raises(NotImplementedError, match=message):
            log_softmax(torch.tensor([[1]]), dim)
