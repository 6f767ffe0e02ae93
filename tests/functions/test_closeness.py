"""Equality and closeness: PyTorch's answers, and none inside a compiled step."""

import pytest
from hypothesis import given, strategies as st

import minigrad

from .agreement import check, several


@given(pair=several(2), rtol=st.sampled_from([1e-5, 0, 0.5, -1.0]), equal_nan=st.booleans())
def test_closeness(pair, rtol, equal_nan):
    check(lambda torch, a, b: torch.isclose(a, b, rtol, 1e-3, equal_nan), *pair)
    check(lambda torch, a, b: torch.allclose(a, b, rtol=rtol, equal_nan=equal_nan), *pair)
    check(lambda torch, a, b: a.isclose(a, rtol=rtol, equal_nan=equal_nan), *pair)
    check(lambda torch, a, b: torch.equal(a, b), *pair)
    check(lambda torch, a, b: a.equal(a.clone()), *pair)


def test_truth_about_values_is_not_told_inside_a_compiled_step():
    for told in (minigrad.where, lambda x: x.equal(x), lambda x: x.allclose(x)):
        with pytest.raises(RuntimeError, match="in a compiled step"):
            minigrad.compile(told)(minigrad.ones(2))


def test_what_is_close_lies_in_memory_as_what_is_compared(torch):
    x, y = torch.zeros(3, 2).t(), torch.zeros(2, 3)
    assert torch.isclose(x, y).stride() == (1, 2) and torch.isclose(y, x).stride() == (3, 1)
