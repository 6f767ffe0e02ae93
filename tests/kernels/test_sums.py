"""Sums of many numbers, side by side: how exact, and what if there are infinities or few."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst
from numba import njit

from minigrad.kernels.sums import largest_of, total_of
from minigrad.losses.reduction import BLOCK, collect, corrected

NUMBERS = npst.arrays(np.float64, st.integers(0, 40), elements=st.floats(-1e9, 1e9))


@njit(error_model="numpy")
def total(numbers):
    return total_of(numbers)


@njit(error_model="numpy")
def largest(numbers):
    return largest_of(numbers)


@njit(error_model="numpy")
def collected(losses):
    """By blocks, as kernels do it."""
    total, correction = 0.0, 0.0
    for first in range(0, losses.size, BLOCK):
        some = losses[first : first + BLOCK].copy()
        total, correction = collect(some, first, 1.0, losses, total, correction)
    return corrected(total, correction)


@given(numbers=NUMBERS)
def test_a_sum_is_off_by_a_few_roundings(numbers):
    size = math.fsum(np.abs(numbers))
    assert abs(total(numbers) - math.fsum(numbers)) <= len(numbers) * np.finfo(float).eps * size


@given(numbers=NUMBERS)
def test_what_rounding_loses_of_losses_is_added(numbers):
    """To the last place or two, even where almost nothing is left of the terms."""
    terms = np.concatenate([numbers * 1e7, numbers, -numbers * 1e7])
    exact, eps = math.fsum(terms), np.finfo(float).eps
    lost = (len(terms) * eps) ** 2 * math.fsum(np.abs(terms))
    assert abs(collected(terms) - exact) <= 2 * eps * abs(exact) + lost


@pytest.mark.parametrize("size", [1, 7, 8, 9, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_each_number_is_added_once(size):
    numbers = np.random.default_rng(size).integers(-(2**20), 2**20, size).astype(float)
    assert total(numbers) == collected(numbers) == numbers.sum()


@given(numbers=NUMBERS, place=st.integers(0, 39), special=st.sampled_from([np.inf, -np.inf]))
def test_infinities_and_nan_come_through(numbers, place, special):
    if not numbers.size:
        assert (total(numbers), collected(numbers), largest(numbers)) == (0, 0, -np.inf)
        return
    assert largest(numbers) == numbers.max()
    numbers[place % numbers.size] = special
    assert total(numbers) == collected(numbers) == special
    assert largest(numbers) == numbers.max()
    numbers[place % numbers.size] = np.nan
    assert math.isnan(total(numbers)) and math.isnan(collected(numbers))
    rest = numbers[~np.isnan(numbers)]
    assert largest(numbers) == rest.max(initial=-np.inf)
