"""Softmax and running sums: PyTorch's dtypes, and no overflow on the way."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import minigrad

from .agreement import check, operands

DTYPE = st.sampled_from([None, "float32", "float64", "int64", "bool"])


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "cumsum"])
@given(x=operands(), dtype=DTYPE)
def test_along_a_dimension_in_another_dtype(name, x, dtype):
    assume(x.values.size)  # of no elements PyTorch makes integers that require a gradient
    assume(x.values.dtype != np.float64 or dtype != "float32")  # a gradient rounded on its way
    check(
        lambda torch, x: getattr(x, name)(-1, dtype=dtype and getattr(torch, dtype)),
        x,
    )


def test_large_numbers_do_not_overflow_in_between(torch):
    x = torch.tensor([1000.0, 1000.0, -1000.0])
    assert x.softmax(0).tolist() == [0.5, 0.5, 0.0]
    assert x.log_softmax(0).tolist()[:2] == pytest.approx([-np.log(2)] * 2)
    assert x.logsumexp(0).item() == pytest.approx(1000 + np.log(2))


def test_a_logarithm_of_a_sum_close_to_0_has_all_its_digits():
    """In PyTorch it is off by the rounding of a number close to 1."""
    x = minigrad.tensor([-2.5, 2.2027557]).log_softmax(0)
    exact = math.log(sum(map(math.exp, x.tolist())))
    assert 0 < abs(exact) < 1e-8
    assert x.logsumexp(0).item() == pytest.approx(exact, rel=1e-6)


def test_no_dimension_for_logsumexp_goes_with_keepdim_alone(torch):
    x = torch.zeros(1, 2)
    assert x.logsumexp([], True).item() == pytest.approx(math.log(2))
    assert torch.zeros(()).logsumexp([]).item() == 0
    with pytest.raises(RuntimeError):
        x.logsumexp([])
