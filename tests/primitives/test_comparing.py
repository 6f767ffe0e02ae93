"""Do kernels that compare and choose give what NumPy gives?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from minigrad.kernels.kernel import Kernel
from minigrad.primitives import comparing, selection

DTYPES = st.sampled_from([np.float32, np.float64])
ELEMENTS = st.sampled_from([-np.inf, -1.0, -0.0, 0.0, 1.0, 2.5, np.inf, np.nan])
CHOICES = {comparing.larger: selection.larger, comparing.smaller: selection.smaller}


@st.composite
def operands(draw: st.DrawFn, count: int) -> tuple[int, list[np.ndarray]]:
    """A size, and operands of it or of one element."""
    size, dtype = draw(st.integers(0, 20)), draw(DTYPES)
    sizes = [draw(st.sampled_from([size, 1])) for _ in range(count)]
    return size, [draw(arrays(dtype, each, elements=ELEMENTS)) for each in sizes]


@pytest.mark.parametrize("function", comparing.COMPARISONS, ids=lambda each: each.__name__)
@given(drawn=operands(2))
def test_comparisons(function: np.ufunc, drawn: tuple[int, list[np.ndarray]]) -> None:
    size, (a, b) = drawn
    out = np.empty(size, bool)
    comparing.COMPARISONS[function](a, b, out)
    assert (out == np.broadcast_to(function(a, b), size)).all()


@pytest.mark.parametrize("kernel", CHOICES, ids=lambda kernel: kernel.name)
@given(drawn=operands(2))
def test_the_larger_and_the_smaller(kernel: Kernel, drawn: tuple[int, list[np.ndarray]]) -> None:
    size, (a, b) = drawn
    out, expected = np.empty((2, size), a.dtype)
    kernel(a, b, out)
    CHOICES[kernel](a, b, expected)
    np.testing.assert_array_equal(out, expected)
    assert (np.signbit(out) == np.signbit(expected))[~np.isnan(out)].all()


@given(drawn=operands(3), data=st.data())
def test_what_is_between_and_what_is_chosen(
    drawn: tuple[int, list[np.ndarray]], data: st.DataObject
) -> None:
    size, (x, low, high) = drawn
    found, out = np.empty(size, bool), np.empty(size, x.dtype)
    comparing.between(x, low, high, found)
    assert (found == np.broadcast_to((x >= low) & (x <= high), size)).all()
    condition = data.draw(arrays(bool, size))
    comparing.choose(x, low, condition, out)
    np.testing.assert_array_equal(out, np.where(condition, x, low) if size else out)
    comparing.as_number(out, condition)
    np.testing.assert_array_equal(out, condition.astype(x.dtype))
