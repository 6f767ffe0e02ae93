"""The median: PyTorch's values, places, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands
from .moving import DIM, both_ways, plain

NUMBERS = (*FLOATING, np.int64)  # of no bools PyTorch gives True


@given(x=operands(dtypes=NUMBERS))
def test_the_median_of_all_elements(x):
    both_ways("median", x, orders=2)


@given(x=plain(), dim=DIM, keepdim=st.booleans())
def test_the_median_along_a_dimension(x, dim, keepdim):
    both_ways("median", x, dim=dim, keepdim=keepdim, orders=2)


@given(x=operands(), dim=DIM)
def test_values_beside_ties_and_nan(x, dim):
    """Which of several equal elements is the median is nobody's promise: its value is."""
    check(lambda torch, x: torch.median(x, dim).values, x._replace(requires_grad=False))


def test_the_first_nan_counts(torch):
    nan = float("nan")
    x = torch.tensor([[1.0, nan, 2.0], [nan, 1.0, nan], [3.0, 1.0, 2.0]])
    values, indices = torch.median(x, 1)
    assert indices.tolist() == [1, 0, 2]
    assert values.isnan().tolist() == [True, True, False]


def test_parts_have_names(torch, printed):
    found = torch.tensor([3, 1, 2]).median(0)
    assert isinstance(found, torch.return_types.median)
    assert printed(found) == (
        "minigrad.return_types.median(\nvalues=tensor(2),\nindices=tensor(2))"
    )


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda t: t.median(3), "median(): argument 'input' (position 1) must be Tensor, not int"),
        (
            lambda t: t.median(t.ones(2), dim=None),
            "median(): argument 'dim' must be int, not None",
        ),
        (lambda t: t.median(t.ones(2), keepdim=True), "median()"),
        (lambda t: t.median(t.ones(2), 0, 1), "median(): argument 'keepdim'"),
    ],
)
def test_refused(torch, failure, wrong, text):
    assert failure(wrong, torch).startswith(f"TypeError: {text}")
    for dim, kernel in (((), "median_cpu"), ((0,), "median_out")):
        assert failure(torch.median, torch.tensor([True]), *dim) == (
            f"NotImplementedError: \"{kernel}\" not implemented for 'Bool'"
        )


def test_of_no_bools_it_is_true(torch):
    assert torch.ones(3, 0, dtype=torch.bool).median().item() is True
