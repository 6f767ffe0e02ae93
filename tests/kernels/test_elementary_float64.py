"""Are exp and its like of float64 right to the last place, at every place in an array?"""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import NDArray

from minigrad.kernels import elementary_float64

from . import over_arrays

Array = NDArray[Any]

# Units in the last place; 0.5 is the best possible.
LARGEST_ERROR = {"exp": 0.53, "expm1": 0.60, "tanh": 0.56, "sigmoid": 0.53}
SMALLEST_NORMAL = -708.39  # of exp: below, results are subnormal and rounded twice

every_function = pytest.mark.parametrize("name", LARGEST_ERROR)


def apply(name: str, x: Array) -> Array:
    return over_arrays.apply(getattr(elementary_float64, name), x)


def exactly(name: str, x: float) -> Decimal:
    if name == "tanh":
        decay = (-2 * abs(Decimal(x))).exp()
        return ((1 - decay) / (1 + decay)).copy_sign(Decimal(x))
    if name == "sigmoid":
        return 1 / (1 + (-Decimal(x)).exp())
    return Decimal(x).exp() - (1 if name == "expm1" else 0)


def allowed(name: str, x: float) -> float:
    """More where e^x - 1 is about as large as the last place of 1."""
    return 0.76 if name == "expm1" and 1e-17 < abs(x) < 1e-14 else LARGEST_ERROR[name]


def units_in_last_place(name: str, x: float) -> float:
    (result,) = apply(name, np.array([x]))
    with localcontext() as context:
        context.prec = 60 + max(0, -math.frexp(x)[1])  # digits that x and 1 have together
        exact = exactly(name, x)
        exponent = math.frexp(float(exact))[1] - 1
        return float(abs(Decimal(float(result)) - exact) / Decimal(2) ** (exponent - 52))


SIZES = (1e-300, 1e-20, 1e-16, 1e-15, 1e-9, 1e-5, 1e-3, 0.1, 1.0, 10.0, 100.0, 670.0)


@every_function
@given(size=st.sampled_from(SIZES), part=st.floats(0.01, 1.0) | st.floats(-1.0, -0.01))
def test_a_result_is_nearly_the_nearest_number(name: str, size: float, part: float) -> None:
    assert units_in_last_place(name, size * part) <= allowed(name, size * part)


@every_function
def test_so_are_results_on_both_sides_of_each_change_of_k(name: str) -> None:
    rng = np.random.default_rng(0)
    for k in (-1021, -500, -37, -3, -2, -1, 0, 1, 2, 3, 40, 1000):
        boundary = (k + 0.5) * math.log(2) * (0.5 if name == "tanh" else 1)
        if name == "exp" or abs(boundary) < 20:
            for x in boundary * (1 + rng.uniform(-1e-3, 1e-3, 40)):
                assert units_in_last_place(name, x) <= LARGEST_ERROR[name], x


@given(x=st.floats(-745.0, SMALLEST_NORMAL))
def test_a_subnormal_power_is_rounded_twice(x: float) -> None:
    (result,) = apply("exp", np.array([x]))
    with localcontext() as context:
        context.prec = 60
        assert abs(Decimal(float(result)) - Decimal(x).exp()) <= Decimal(0.76 * 2.0**-1074)


LARGEST = math.log(np.finfo(np.float64).max)
EDGES = {
    "exp": [(0.0, 1.0), (-0.0, 1.0), (math.inf, math.inf), (-math.inf, 0.0), (1e308, math.inf),
            (-1e308, 0.0), (709.79, math.inf), (-745.13, 5e-324), (-745.14, 0.0)],
    "expm1": [(0.0, 0.0), (-0.0, -0.0), (5e-324, 5e-324), (-1e-310, -1e-310), (math.inf, math.inf),
              (-math.inf, -1.0), (709.79, math.inf), (-50.0, -1.0), (-1e308, -1.0)],
    "tanh": [(0.0, 0.0), (-0.0, -0.0), (5e-324, 5e-324), (-1e-310, -1e-310), (math.inf, 1.0),
             (-math.inf, -1.0), (20.0, 1.0), (-1e308, -1.0)],
    "sigmoid": [(0.0, 0.5), (-0.0, 0.5), (math.inf, 1.0), (-math.inf, 0.0), (40.0, 1.0),
                (1e308, 1.0), (-1e308, 0.0), (-745.13, 5e-324), (-745.14, 0.0)],
}  # fmt: skip


@every_function
def test_edges(name: str) -> None:
    x, expected = np.array(EDGES[name]).T.copy()
    result = apply(name, x)
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(np.signbit(result), np.signbit(expected))
    assert np.isnan(apply(name, np.array([np.nan, -np.nan]))).all()


def test_the_largest_powers_are_finite() -> None:
    x = np.nextafter(LARGEST, 0)
    for name in ("exp", "expm1"):
        np.testing.assert_allclose(apply(name, np.array([x])), math.exp(x), rtol=1e-15)


@every_function
def test_results_keep_the_order_of_their_values(name: str) -> None:
    for size in (1e-3, 0.1, 1.0, 5.0, 30.0, 700.0):
        start = np.random.default_rng(1).uniform(-size, size, 200)
        bits = start.view(np.int64)[:, None] + np.arange(64)  # neighbours of each
        x = np.sort(bits.view(np.float64), axis=1)
        result = apply(name, x.reshape(-1)).reshape(x.shape)
        assert (result[:, :-1] <= result[:, 1:]).all(), size


@every_function
def test_a_result_depends_on_the_value_alone(name: str) -> None:
    values = np.random.default_rng(3).normal(size=102) * 40
    values[::17] = [np.inf, -np.inf, np.nan, -0.0, 1e-30, -744.5]
    over_arrays.assert_place_makes_no_difference(getattr(elementary_float64, name), values)


@pytest.mark.skipif(
    numba.config.CPU_NAME == "generic",
    reason="with two float64 in a register, LLVM does not find it worth while everywhere",
)
@every_function
def test_several_are_worked_on_at_once(name: str) -> None:
    apply(name, np.zeros(1))
    for code in over_arrays.loop_over(getattr(elementary_float64, name)).inspect_llvm().values():
        assert re.search(r"call .*<\d+ x double> @llvm\.fmuladd", code)
