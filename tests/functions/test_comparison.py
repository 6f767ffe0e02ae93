"""Comparing and choosing: PyTorch's results, shared gradients, and refusals."""

import operator

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands, several

OPERATORS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
NAMES = ["eq", "ne", "lt", "le", "gt", "ge", "not_equal", "less", "less_equal", "greater",
         "greater_equal"]  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -2, 0.5, True, False, float("inf"), float("nan")])


@pytest.mark.parametrize("name", NAMES)
@given(pair=several(2), number=NUMBERS)
def test_named_comparisons(name, pair, number):
    check(lambda torch, a, b: getattr(torch, name)(a, b), *pair)
    check(lambda torch, a, b: getattr(a, name)(b), *pair)
    check(lambda torch, a: getattr(torch, name)(a, number), pair[0])


@pytest.mark.parametrize("compared", OPERATORS)
@given(pair=several(2), number=NUMBERS)
def test_operators(compared, pair, number):
    check(lambda torch, a, b: compared(a, b), *pair)
    check(lambda torch, a: compared(a, number), pair[0])
    check(lambda torch, a: compared(number, a), pair[0])


def test_comparison_with_something_else(torch):
    x = torch.ones(2)
    assert (x == "a") is False and (x != None) is True  # noqa: E711
    for wrong in (lambda: x < "a", lambda: torch.eq(x, "a"), lambda: torch.eq(1, x)):
        with pytest.raises(TypeError):
            wrong()


@given(pair=several(2))
def test_equality_with_an_array(pair):
    a, b = pair
    check(lambda torch, a: a == b.values, a)
    check(lambda torch, a: b.values == a, a)


def test_inequality_with_an_array(torch):
    """It is one of objects: neither side compares elements with the other's."""
    x = torch.tensor([1, 2])
    for array in (np.array([1.0, 2.0]), np.array([1, 2, 3]), np.array(1)):
        assert (x != array) is True and (array != x) is True
    assert (x != np.int64(1)).tolist() == [False, True]


@pytest.mark.parametrize("name", ["maximum", "minimum", "max", "min"])
@given(pair=several(2))
def test_the_larger_and_the_smaller(name, pair):
    check(lambda torch, a, b: getattr(torch, name)(a, b), *pair)
    check(lambda torch, a, b: getattr(a, name)(b), *pair)


@given(pair=several(2, dtypes=[np.float64], special=False))
def test_second_derivatives_of_the_larger(pair):
    check(lambda torch, a, b: torch.maximum(a * a, b) * b, *pair, orders=2)


@given(mask=operands(), pair=several(2), number=NUMBERS)
def test_where(mask, pair, number):
    check(lambda torch, m, a, b: torch.where(m, a, b), mask, *pair)
    check(lambda torch, m, a: torch.where(m, a, number), mask, pair[0])
    check(lambda torch, m, a: torch.where(m, number, a), mask, pair[0])
    check(lambda torch, m, a: a.where(m, number), mask, pair[0])
    check(lambda torch, m: torch.where(m, number, 0), mask)


@given(mask=several(3, dtypes=[bool, *FLOATING]))
def test_where_broadcasts(mask):
    check(lambda torch, m, a, b: torch.where(m != 0, a, b), *mask)


@given(x=operands())
def test_where_alone_gives_positions(x):
    check(lambda torch, x: torch.where(x), x)


def test_positions_lie_in_memory_one_by_one(torch):
    x = torch.tensor([[True, False], [True, True]])
    for found in (*torch.where(x), *torch.nonzero(x, as_tuple=True)):
        assert found.stride() == (1,)


def test_equal_elements_share_the_gradient(torch):
    a = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    b = torch.tensor([2.0, 2.0, 2.0], requires_grad=True)
    torch.maximum(a, b).sum().backward()
    assert a.grad.tolist() == [0.0, 0.5, 1.0] and b.grad.tolist() == [1.0, 0.5, 0.0]


REFUSED = {
    "RuntimeError: where expected condition to be a boolean tensor, but got a tensor with dtype "
    "Float": lambda torch: torch.where(torch.ones(2), 1, 0),
    "RuntimeError: minigrad.clamp: At least one of 'min' or 'max' must not be "
    "None": lambda torch: torch.ones(2).clamp(),
    "TypeError: maximum(): argument 'other' (position 2) must be Tensor, not int": lambda torch: (
        torch.maximum(torch.ones(2), 1)
    ),
    "RuntimeError: Float did not match Double": lambda torch: torch.isclose(
        torch.ones(1), torch.ones(1, dtype=torch.float64)
    ),
    "RuntimeError: rtol must be greater than or equal to zero, but got -1": lambda torch: (
        torch.allclose(torch.ones(1), torch.ones(1), -1)
    ),
    "NotImplementedError: \"bitwise_and_cpu\" not implemented for 'Float'": lambda torch: (
        torch.ones(2) & 1
    ),
    "TypeError: ~ (operator.invert) is only implemented on integer and Boolean-type "
    "tensors": lambda torch: ~torch.ones(2),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals_in_pytorchs_words(torch, failure, message):
    assert failure(REFUSED[message], torch) == message


def test_half_of_where_is_refused(torch):
    with pytest.raises(TypeError):
        torch.where(torch.ones(2) > 0, torch.ones(2))
