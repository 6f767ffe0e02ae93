"""Norms: PyTorch's for every p, with gradient 0 where the norm is 0."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import minigrad as torch

from .agreement import check, operands
from .dimensions import DIMS, has_two_faults

INF, NAN = float("inf"), float("nan")


@given(
    x=operands(),
    p=st.sampled_from([0, 1, 2, 3, 0.5, 1.5, -1, INF, -INF, NAN, "fro", None]),
    dim=DIMS,
    keepdim=st.booleans(),
)
def test_norms(x, p, dim, keepdim):
    assume(not has_two_faults(x.values, dim))
    named = dim if isinstance(dim, tuple) else () if dim is None else (dim,)
    reach = max(x.values.ndim, 1)
    # Of an empty dimension and one that is not there PyTorch tells which it meets first.
    assume(x.values.size or all(-reach <= each < reach for each in named))
    check(lambda torch, x: torch.norm(x, p, dim, keepdim), x)
    check(lambda torch, x: x.norm(p=p, dim=dim, keepdim=keepdim), x)


@given(
    numbers=st.lists(st.floats(-10, 10, width=16), min_size=1, max_size=4),
    p=st.sampled_from([0.5, 1, 2, 3]),
    exponent=st.integers(-990, 990),
)
def test_a_norm_is_right_where_powers_of_its_numbers_leave_float64(numbers, p, exponent):
    x = torch.tensor(numbers, dtype=torch.float64)
    assert (x * 2.0**exponent).norm(p).item() == x.norm(p).item() * 2.0**exponent


@pytest.mark.parametrize("p", [101, 1e4, 2**40, 1e30])
def test_of_a_large_p_the_largest_number_decides(p):
    x = torch.tensor([3.0, -7.0, 0.5], dtype=torch.float64)
    assert x.norm(p).item() == pytest.approx(7.0, rel=1e-15)
    assert (x * 0 + 5).norm(p).item() == pytest.approx(5 * 3 ** (1 / p), rel=1e-14)


def test_of_a_negative_p_the_smallest_number_decides_however_large_another_is():
    x = torch.tensor([1e-300, 1e300], dtype=torch.float64)
    assert x.norm(-1).item() == pytest.approx(1e-300, rel=1e-15, abs=0)


def test_how_many_are_not_0_passes_no_gradient_on(torch):
    x = torch.ones(3, 2, requires_grad=True)
    y = x * 2
    y.retain_grad()
    counted = y.norm(0, dim=0)
    assert counted.requires_grad and counted.tolist() == [3.0, 3.0]
    counted.sum().backward(retain_graph=True)
    assert x.grad is None and y.grad is None
    assert torch.autograd.grad(counted.sum(), x, allow_unused=True, retain_graph=True) == (None,)
    with pytest.raises(RuntimeError, match="appears to not have been used in the graph"):
        torch.autograd.grad(counted.sum(), x, retain_graph=True)
    (counted.sum() + y.sum()).backward()
    assert x.grad.tolist() == [[2.0, 2.0]] * 3


def test_an_order_that_is_no_number(torch, failure):
    x = torch.tensor([[-2.0], [3.0]], requires_grad=True)
    assert x.norm(NAN, dim=1).tolist() == [2.0, 3.0] and x.norm(NAN).isnan()
    x.norm(NAN, dim=1).sum().backward()
    assert x.grad.isnan().all()
    for order in (np.array([1, 2]), [1]):
        assert failure(x.norm, order).startswith("TypeError: ")


@pytest.mark.parametrize("wrong", [1, [1.0], np.ones(2)])
def test_what_is_no_tensor_has_no_norm(torch, wrong):
    with pytest.raises(AttributeError, match="object has no attribute 'layout'"):
        torch.norm(wrong)
