"""Do rows arrive where a tile reads them, turned or not, and nothing beyond them?"""

import numpy as np
from hypothesis import given, strategies as st
from numba import njit

from minigrad.kernels.tiles import LANES, NUMBER, TURNED, copy_rows, turn_rows


@njit
def copy(source, row, rows, count, target, target_row):
    copy_rows(source, row, rows, count, target, target_row)


@njit
def turn(source, row, rows, count, target, target_row):
    turn_rows(source, row, rows, count, target, target_row)


def address(array):
    return array.__array_interface__["data"][0]


@given(rows=st.integers(0, 9), count=st.integers(-3, 20), apart=st.integers(LANES, 40))
def test_copied_rows_end_in_zeros(rows, count, apart):
    source = np.random.default_rng(rows).standard_normal((rows + 1, 23)).astype(np.float32)
    target = np.full((rows + 1, apart), np.nan, np.float32)
    copy(address(source), 23 * NUMBER, rows, count, address(target), apart * NUMBER)
    there = min(max(count, 0), LANES)
    np.testing.assert_array_equal(target[:rows, :there], source[:rows, :there])
    assert not target[:rows, there:LANES].any()
    assert np.isnan(target[:rows, LANES:]).all() and np.isnan(target[rows]).all()


@given(rows=st.integers(-2, 11), count=st.integers(0, 50), apart=st.integers(TURNED, 40))
def test_turned_rows_are_columns(rows, count, apart):
    source = np.random.default_rng(count).standard_normal((12, 53)).astype(np.float32)
    rounded = -(-count // LANES) * LANES
    target = np.full((rounded + 1, apart), np.nan, np.float32)
    turn(address(source), 53 * NUMBER, rows, count, address(target), apart * NUMBER)
    there = min(max(rows, 0), TURNED)
    np.testing.assert_array_equal(target[:count, :there], source[:there, :count].T)
    assert not target[:count, there:TURNED].any()
    assert np.isnan(target[:, TURNED:]).all() and np.isnan(target[rounded]).all()
