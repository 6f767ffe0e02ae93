"""Sums of many numbers, side by side: how exact, and what if there are infinities or few."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst
from numba import njit

from minigrad.kernels.kernel import Flat, kernel
from minigrad.kernels.sums import largest_of, total_and_ones, total_of
from minigrad.losses.reduction import BLOCK, FEWEST_BLOCKS, MOST_SHARES, total_of_losses

NUMBERS = npst.arrays(np.float64, st.integers(0, 40), elements=st.floats(-1e9, 1e9))


@kernel(writes=("out",))
def add(numbers: Flat, out: Flat) -> None:
    out[0], out[1] = total_of(numbers), largest_of(numbers)
    out[2], out[3] = total_and_ones(numbers)


@njit
def itself(first, losses, x):
    losses[:] = x[first : first + losses.size]
    return 0


@kernel(writes=("losses", "out"))
def collect(losses: Flat, out: Flat) -> None:
    """By blocks and shares."""
    out[0] = total_of_losses(itself, (losses,), losses.size, 1, False, losses)[1]


def found(of, numbers):
    """What a kernel writes for some numbers, which it may change."""
    out = np.empty(4)
    of(numbers.copy(), out)
    return out.tolist()


def total(numbers):
    return found(add, numbers)[0]


def largest(numbers):
    return found(add, numbers)[1]


def others(numbers):
    return found(add, numbers)[2:]


def collected(losses):
    return found(collect, losses)[0]


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


SHARE = FEWEST_BLOCKS * BLOCK
SIZES = [1, 7, 8, 9, BLOCK - 1, BLOCK, BLOCK + 1, SHARE, SHARE + 1, MOST_SHARES * SHARE + 1]


@pytest.mark.parametrize("size", SIZES)
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


@given(numbers=NUMBERS, ones=st.integers(0, 40))
def test_ones_are_counted_and_not_added(numbers, ones):
    numbers[:ones] = 1.0
    total_of_others, count = others(numbers)
    assert count == (numbers == 1).sum()
    size = math.fsum(np.abs(numbers))
    exact = math.fsum(numbers[numbers != 1])
    assert abs(total_of_others - exact) <= len(numbers) * np.finfo(float).eps * size
