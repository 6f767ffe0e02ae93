"""Halves of a batch, and sums over rows that are those of both."""

import operator
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.kernels.halves import GRAIN, half_of
from minigrad.kernels.linear_halves import add_halves
from minigrad.kernels.products import column_sums, sums_of_half


@given(st.integers(0, 5000))
def test_a_batch_has_two_halves_of_about_the_same_length_or_one(rows):
    first = half_of(rows)
    if rows < 2 * GRAIN:
        assert first == rows
    else:
        assert first % GRAIN == 0
        assert min(first, rows - first) >= GRAIN
        assert abs(rows - 2 * first) <= GRAIN


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(rows=st.integers(2 * GRAIN, 300), columns=st.integers(1, 20))
def test_sums_of_columns_are_those_of_both_halves_added(dtype, rows, columns):
    x = np.random.default_rng(rows).standard_normal((rows, columns)).astype(dtype)
    whole, joined = np.full((2, columns), np.nan, dtype)
    column_sums(x, whole)
    halves = x[: half_of(rows)], x[half_of(rows) :]
    sums = np.full((2, columns), np.nan)
    for half, own in zip(halves, sums, strict=True):
        sums_of_half(half, own)
        # Not `sum`, which from Python 3.12 on keeps what rounding loses.
        in_turn = [reduce(operator.add, column.tolist(), 0.0) for column in half.T]
        np.testing.assert_array_equal(own, in_turn)
    weights = np.zeros((0, 3), dtype)
    add_halves(weights, sums[0], weights, sums[1], weights, joined)
    np.testing.assert_array_equal(whole, joined)
    np.testing.assert_array_equal(whole, (sums[0] + sums[1]).astype(dtype))
