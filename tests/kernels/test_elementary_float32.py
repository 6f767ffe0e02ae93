"""Are powers of float32 nearly right for every float32, though computed in float32 alone?"""

from __future__ import annotations

import math
import re
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import NDArray

from minigrad.kernels import elementary_float32
from minigrad.kernels.pairs import pair_of_any_sum

from . import over_arrays
from .last_places import float32_of, units_in_last_place

Array = NDArray[Any]

# Units in the last place; without a fused multiply-add, as generic processors are, some more.
LARGEST_ERROR = 1.02 if numba.config.CPU_NAME != "generic" else 1.5


@numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
def exp(x: Any) -> Any:
    return elementary_float32.exp_of_falling(x, np.float32(0.0))


@numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
def exp_of_difference(x: Any, largest: Any) -> Any:
    return elementary_float32.exp_of_falling(*pair_of_any_sum(x, -largest))


def assert_little_is_lost_and_the_order_kept(x: Array) -> None:
    """Of float32 in ascending order, none above 0."""
    result = over_arrays.apply(exp, x)
    error = units_in_last_place(result, np.exp(x.astype(np.float64))).max(initial=0.0)
    assert error <= LARGEST_ERROR, f"from {x[0]} to {x[-1]}"
    assert np.all(result[:-1] <= result[1:]), f"from {x[0]} to {x[-1]}"


NEGATIVE = (0xFF800000, 0x80000000)  # the patterns of -infinity and -0.0, with all between


def test_little_is_lost_of_a_sample_of_all_float32() -> None:
    assert_little_is_lost_and_the_order_kept(float32_of(np.arange(*NEGATIVE, -1021)))


@pytest.mark.exhaustive
def test_little_is_lost_of_any_float32(request: pytest.FixtureRequest) -> None:
    if "exhaustive" not in request.config.getoption("markexpr"):
        pytest.skip("takes some minutes: ask for it with -m exhaustive")
    first, last = NEGATIVE
    for start in range(first, last, -(2**20)):
        patterns = np.arange(start, max(start - 2**20, last) - 1, -1)
        assert_little_is_lost_and_the_order_kept(float32_of(patterns))


def test_little_is_lost_where_the_reduction_changes_k() -> None:
    for k in range(-151, 0):
        boundary = np.float32((k + 0.5) * math.log(2)).view(np.int32)
        x = (boundary + np.arange(300, -300, -1, dtype=np.int32)).view(np.float32)
        assert_little_is_lost_and_the_order_kept(x)


def test_edges() -> None:
    edges = [(0.0, 1.0), (-0.0, 1.0), (-math.inf, 0.0), (-103.97207, 2.0**-149), (-103.97209, 0.0),
             (-3.4e38, 0.0)]  # fmt: skip
    x, expected = np.array(edges, np.float32).T.copy()
    np.testing.assert_array_equal(over_arrays.apply(exp, x), expected)
    assert np.isnan(over_arrays.apply(exp, np.array([np.nan, -np.nan], np.float32))).all()


@given(x=st.floats(-100.0, 100.0, width=32), more=st.floats(0.0, 80.0, width=32))
def test_a_power_of_a_difference_is_that_of_the_unrounded_one(x: float, more: float) -> None:
    largest = np.float32(x) + np.float32(more)
    found = np.array([exp_of_difference(np.float32(x), largest)], np.float32)
    exact = np.array([math.exp(float(x) - float(largest))])
    assert units_in_last_place(found, exact)[0] <= LARGEST_ERROR


def test_a_result_depends_on_the_value_alone() -> None:
    values = (-np.abs(np.random.default_rng(3).normal(size=102)) * 40).astype(np.float32)
    values[::17] = np.array([-np.inf, -1e38, np.nan, -0.0, -1e-30, -87.5], np.float32)
    over_arrays.assert_place_makes_no_difference(exp, values)


@pytest.mark.skipif(numba.config.CPU_NAME == "generic", reason="it has shorter vectors")
def test_vectors_are_of_float32_alone() -> None:
    over_arrays.apply(exp, np.zeros(1, np.float32))
    for code in over_arrays.loop_over(exp).inspect_llvm().values():
        assert re.search(r"call .*<\d+ x float> @llvm\.fmuladd", code)
        assert "x double>" not in code
