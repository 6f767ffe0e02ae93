"""Reversed, rolled, beside a diagonal: PyTorch's results, views and refusals."""

import pytest
from hypothesis import assume, given, strategies as st

from .moving import DIM, DIMS, WHOLE, both_ways, plain, shared

SHIFTS = st.lists(WHOLE, max_size=3).map(tuple)
CALLS = [
    ("flip", (DIMS,)),
    ("roll", (WHOLE,)),
    ("roll", (WHOLE, DIM)),
    ("roll", (SHIFTS, DIMS)),
    ("diagonal", (WHOLE,)),
    ("diagonal", (WHOLE, DIM, DIM)),
    ("diag", (WHOLE,)),
    ("tril", (WHOLE,)),
    ("triu", (WHOLE,)),
]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
@given(x=plain(), data=st.data())
def test_function_and_method(name, arguments, x, data):
    drawn = [data.draw(each) for each in arguments]
    assume(name != "roll" or x.values.size)  # PyTorch then leaves dims unread
    both_ways(name, x, *drawn)
    shared(lambda torch, x: getattr(torch, name)(x, *drawn), x)


@given(x=plain(), shift=WHOLE, data=st.data())
def test_roll_along_a_dimension_that_is_there(x, shift, data):
    dim = data.draw(st.integers(-x.values.ndim, x.values.ndim - 1)) if x.values.ndim else None
    both_ways("roll", x, shift, dim, orders=2)


def test_arguments_by_name(torch):
    x = torch.arange(4.0).reshape(2, 2)
    assert torch.flip(input=x, dims=[0]).tolist() == x.flip(0).tolist() == [[2, 3], [0, 1]]
    assert torch.roll(x, shifts=1, dims=1).tolist() == [[1, 0], [3, 2]]
    assert x.diagonal(offset=1, dim1=0, dim2=1).tolist() == x.diag(diagonal=1).tolist() == [1]
    assert torch.tril(x, diagonal=-1).tolist() == [[0, 0], [2, 0]]


def test_nothing_is_rolled_along_any_dimension(torch):
    x = torch.zeros(2, 0, requires_grad=True)
    assert x.roll((1, 2), (5, -7)).shape == (2, 0)
    assert x.roll(1, 5).grad_fn.name() == "RollBackward0"


@pytest.mark.parametrize("diagonal", [2**63 - 1, 2**40, -(2**40), -(2**63)])
def test_a_diagonal_beyond_the_corners_leaves_all_or_nothing(torch, diagonal):
    x = torch.ones(2, 3)
    assert (x.tril(diagonal) + x.triu(diagonal)).tolist() == x.tolist()
    assert x.clone().tril_(diagonal).sum() == (6 if diagonal > 0 else 0)


def test_numbers_that_64_bits_do_not_hold(torch, failure):
    x = torch.arange(3)
    assert x.roll(2**63 - 1).tolist() == [2, 0, 1]
    for beyond in ((2**63,), (1, 2**64), (-(2**63) - 1,)):
        assert failure(x.roll, *beyond) == "ValueError: Overflow when unpacking long long"
    assert failure(x.roll, (2**63,), (0,)).startswith("TypeError: roll(): argument 'shifts' fail")


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.flip(0, 0), "dim 0 appears multiple times in the list of dims"),
        (lambda x: x.roll((1, 2), 0), "shifts and dimensions must align. shifts: 2, dims:1"),
        (lambda x: x.diagonal(0, 1, 1), "diagonal dimensions cannot be identical 1, 1"),
        (lambda x: x[None].diag(), "diag(): Supports 1D or 2D tensors. Got 3D"),
        (lambda x: x[0].tril(), "tril: input tensor must have at least 2 dimensions"),
        (lambda x: x[0].tril(1.5), "TypeError: tril(): argument 'diagonal'"),
    ],
)
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3))
