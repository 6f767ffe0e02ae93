"""Are logarithms of float64 right to the last place, at every place in an array?"""

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

from minigrad.kernels import logarithms_float64

from . import over_arrays

Array = NDArray[Any]

# Units in the last place; 0.5 is the best possible.
LARGEST_ERROR = {"log": 0.57, "log1p": 0.59, "log_of_complement": 0.59}
IN_0_1 = "log_of_complement"

TINY = st.floats(1e-17, 1e-15)  # about as large as the last place of 1

every_function = pytest.mark.parametrize("name", LARGEST_ERROR)


def apply(name: str, x: Array) -> Array:
    return over_arrays.apply(getattr(logarithms_float64, name), x)


def allowed(name: str, x: float) -> float:
    """More where x is about as large as the last place of 1."""
    return 0.77 if name != "log" and 1e-17 < x < 1e-14 else LARGEST_ERROR[name]


def units_in_last_place(name: str, x: float) -> float:
    (result,) = apply(name, np.array([x]))
    with localcontext() as context:
        context.prec = 60 + max(0, -math.frexp(x)[1])  # digits that x and 1 have together
        of = {"log": Decimal(x), "log1p": 1 + Decimal(x), "log_of_complement": 1 - Decimal(x)}
        exact = of[name].ln()
        exponent = max(math.frexp(float(exact))[1] - 1, -1022)
        return float(abs(Decimal(float(result)) - exact) / Decimal(2) ** (exponent - 52))


@every_function
@given(data=st.data())
def test_a_result_is_nearly_the_nearest_number(name: str, data: st.DataObject) -> None:
    if name == IN_0_1:
        numbers = st.floats(1e-300, 1.0, exclude_max=True) | st.floats(0.1, 0.9) | TINY
    else:
        numbers = st.floats(1e-300, allow_infinity=False) | st.floats(0.1, 3.0) | TINY
    x = data.draw(numbers)
    if name != "log" or x != 1.0:
        assert units_in_last_place(name, x) <= allowed(name, x)


@every_function
def test_so_are_results_close_to_where_the_reduction_changes_k(name: str) -> None:
    rng = np.random.default_rng(0)
    for k in (-1000, -40, -2, -1, 0, 1, 2, 40, 1000):
        for x in np.ldexp(math.sqrt(2), k) * (1 + rng.uniform(-1e-3, 1e-3, 40)):
            if name != IN_0_1 or x < 1:
                assert units_in_last_place(name, x) <= LARGEST_ERROR[name], x


@given(x=st.floats(5e-324, 2.3e-308))
def test_logarithms_of_subnormal_numbers(x: float) -> None:
    assert units_in_last_place("log", x) <= 1.0


EDGES = {
    "log": [(0.0, -math.inf), (1.0, 0.0), (math.inf, math.inf)],
    "log1p": [(0.0, 0.0), (5e-324, 5e-324), (1e-310, 1e-310), (math.inf, math.inf)],
    "log_of_complement": [(0.0, 0.0), (5e-324, -5e-324), (1.0, -math.inf)],
}


@every_function
def test_edges(name: str) -> None:
    x, expected = np.array(EDGES[name]).T.copy()
    keep = np.isfinite(x) if name == "log" else np.full(x.size, True)  # it takes finite numbers
    np.testing.assert_array_equal(apply(name, x)[keep], expected[keep])


@every_function
def test_a_result_depends_on_the_value_alone(name: str) -> None:
    values = np.random.default_rng(3).uniform(0, 1 if name == IN_0_1 else 40, 102)
    values[::17] = [0.0, 1.0, 1e-30, 5e-324, 0.5, 1e-310]
    over_arrays.assert_place_makes_no_difference(getattr(logarithms_float64, name), values)


@pytest.mark.skipif(
    numba.config.CPU_NAME == "generic",
    reason="with two float64 in a register, LLVM does not find it worth while everywhere",
)
@every_function
def test_several_are_worked_on_at_once(name: str) -> None:
    apply(name, np.zeros(1))
    for code in over_arrays.loop_over(getattr(logarithms_float64, name)).inspect_llvm().values():
        assert re.search(r"call .*<\d+ x double> @llvm\.fmuladd", code)
