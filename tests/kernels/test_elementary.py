"""Are the building blocks of kernels right, for every float32 and at every place in an array?"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import NDArray

from minigrad.kernels import elementary, intrinsics

from . import over_arrays
from .last_places import float32_of, units_in_last_place

Array = NDArray[Any]


def exact_sigmoid(x: Array) -> Array:
    decay = np.exp(-np.abs(x))
    return np.where(x < 0, decay, 1.0) / (1.0 + decay)


# In float64. NumPy's results are off by a few units in a float64's last place, which is 2^-29 of
# a float32's: against these references an error in float32 is known to eight digits.
REFERENCES: dict[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "expm1": np.expm1,
    "sigmoid": exact_sigmoid,
}
LARGEST_ERROR = 0.505  # units in the last place; 0.5 is the best possible

every_function = pytest.mark.parametrize("name", REFERENCES)


def apply(name: str, x: Array) -> Array:
    return over_arrays.apply(getattr(elementary, name), x)


def largest_error(name: str, x: Array) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        reference = REFERENCES[name](x.astype(np.float64))
    return float(units_in_last_place(apply(name, x), reference).max())


@every_function
def test_sample_of_all_float32_is_rounded_almost_exactly(name: str) -> None:
    sample = float32_of(np.arange(0, 2**32, 2039))
    assert largest_error(name, sample) <= LARGEST_ERROR


@pytest.mark.exhaustive
@every_function
def test_every_float32_is_rounded_almost_exactly_and_in_order(
    name: str, request: pytest.FixtureRequest
) -> None:
    if "exhaustive" not in request.config.getoption("markexpr"):
        pytest.skip("takes ten minutes: ask for it with -m exhaustive")
    chunk = 2**20
    for start in range(0, 2**32, chunk):
        x = float32_of(np.arange(start, start + chunk + 1) % 2**32)
        error = largest_error(name, x)
        assert error <= LARGEST_ERROR, f"from {x[0]} to {x[-1]}"
        # The patterns of negative floats are in descending order.
        result = apply(name, x)[~np.isnan(x)][:: 1 if start < 2**31 else -1]
        assert np.all(result[:-1] <= result[1:]), f"from {x[0]} to {x[-1]}"


INFINITY = math.inf
TINY = 2.0**-149
EDGES = {
    "exp": [
        (0.0, 1.0),
        (-0.0, 1.0),
        (INFINITY, INFINITY),
        (-INFINITY, 0.0),
        (88.72283, 3.4027985e38),
        (88.72284, INFINITY),
        (-103.97207, TINY),
        (-103.97209, 0.0),
        (-3.4e38, 0.0),
        (3.4e38, INFINITY),
    ],
    "expm1": [
        (0.0, 0.0),
        (-0.0, -0.0),
        (TINY, TINY),
        (-TINY, -TINY),
        (1e-20, 1e-20),
        (INFINITY, INFINITY),
        (-INFINITY, -1.0),
        (-17.4, -1.0),
        (88.72284, INFINITY),
    ],
    "sigmoid": [
        (0.0, 0.5),
        (-0.0, 0.5),
        (INFINITY, 1.0),
        (-INFINITY, 0.0),
        (17.32, 1.0 - 2.0**-24),
        (17.33, 1.0),
        (-103.97207, TINY),
        (-103.97209, 0.0),
    ],
}


@every_function
def test_edges(name: str) -> None:
    x, expected = np.array(EDGES[name], np.float32).T.copy()
    result = apply(name, x)
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(np.signbit(result), np.signbit(expected))


@every_function
def test_nan_of_any_sign_and_payload_gives_nan(name: str) -> None:
    quiet_and_signalling = [0x7FC00000, 0xFFC00000, 0x7F800001, 0xFF800001, 0x7FFFFFFF]
    assert np.isnan(apply(name, float32_of(np.array(quiet_and_signalling)))).all()
    assert np.isnan(apply(name, np.array([np.nan, -np.nan]))).all()


@every_function
def test_results_keep_their_order_where_the_reduction_changes_k(name: str) -> None:
    for k in range(-151, 152):
        boundary = np.float32((k + 0.5) * math.log(2)).view(np.int32)
        x = np.sort((boundary + np.arange(-300, 300, dtype=np.int32)).view(np.float32))
        result = apply(name, x)
        assert np.all(result[:-1] <= result[1:]), f"around {x[300]}"
        assert largest_error(name, x) <= LARGEST_ERROR, f"around {x[300]}"


@every_function
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_result_depends_on_the_value_alone(name: str, dtype: type[np.floating[Any]]) -> None:
    values = (np.random.default_rng(3).normal(size=102) * 40).astype(dtype)
    values[::17] = np.array([np.inf, -np.inf, np.nan, -0.0, 1e-30, -87.5], dtype)
    over_arrays.assert_place_makes_no_difference(getattr(elementary, name), values)


def test_sigmoids_of_opposite_values_add_up_to_1() -> None:
    x = float32_of(np.arange(0, 0x7F800000, 5003))
    together = apply("sigmoid", x).astype(np.float64) + apply("sigmoid", -x)
    # The larger of the two has a last place of 2^-24, the smaller one of 2^-25 or less.
    assert np.abs(together - 1).max() <= LARGEST_ERROR * (2.0**-24 + 2.0**-25)


@every_function
@pytest.mark.parametrize("dtype", [numba.float32, numba.float64])
def test_dtype_is_kept(name: str, dtype: numba.types.Float) -> None:
    function = getattr(elementary, name)

    @numba.njit([(dtype,)])  # type: ignore[untyped-decorator]
    def call(x: float) -> Any:
        return function(x)

    assert call.nopython_signatures[0].return_type == dtype


@every_function
def test_an_integer_is_refused(name: str) -> None:
    with pytest.raises(numba.TypingError, match="take a float32 or a float64, got int64"):
        getattr(elementary, name)(1)


def exactly(name: str, x: float) -> Decimal:
    argument = Decimal(x)
    if name == "sigmoid":
        return 1 / (1 + (-argument).exp())
    return argument.exp() - (1 if name == "expm1" else 0)


@given(x=st.floats(-744, 709) | st.floats(-2, 2).filter(lambda x: abs(x) > 1e-30))
def test_float64_is_right_to_the_last_places(x: float) -> None:
    for name, places in {"exp": 1, "expm1": 1, "sigmoid": 2}.items():
        result = getattr(elementary, name)(x)
        with localcontext() as context:
            context.prec = 400
            exact = exactly(name, x)
            error = abs(Decimal(result) - exact) / Decimal(math.ulp(float(exact)))
        assert error <= places, f"{name}({x}) is {float(error)} places off"


def test_float64_at_the_ends_of_its_range() -> None:
    x = np.array([-np.inf, -800.0, -0.0, 800.0, np.inf])
    np.testing.assert_array_equal(apply("exp", x), [0, 0, 1, np.inf, np.inf])
    np.testing.assert_array_equal(apply("expm1", x), [-1, -1, 0, np.inf, np.inf])
    np.testing.assert_array_equal(apply("sigmoid", x), [0, 0, 0.5, 1, 1])
    assert np.signbit(apply("expm1", x)).tolist() == [True, True, True, False, False]


@every_function
def test_kernels_work_on_several_elements_at_once(name: str) -> None:
    apply(name, np.zeros(1, np.float32))
    over_array = over_arrays.loop_over(getattr(elementary, name))
    for signature, code in over_array.inspect_llvm().items():
        assert re.search(r"call .*<\d+ x double> @llvm\.fmuladd", code), signature


@numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
def sum_of_product(a: Array, b: Array, c: Array) -> Any:
    return intrinsics.multiply_add(a[0], b[0], c[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(values=st.lists(st.floats(-100.0, 100.0, width=32), min_size=3, max_size=3))
def test_a_product_and_a_sum_of_one_dtype(dtype: Any, values: list[float]) -> None:
    a, b, c = (np.array([each], dtype) / dtype(3) for each in values)
    result = sum_of_product(a, b, c)
    assert float(dtype(result)) == float(result)
    exact = Fraction(float(a[0])) * Fraction(float(b[0])) + Fraction(float(c[0]))
    largest = max(abs(float(a[0] * b[0])), abs(float(c[0])))
    allowed = float(np.finfo(dtype).eps) * largest + float(np.finfo(dtype).smallest_subnormal)
    assert abs(Fraction(float(result)) - exact) <= Fraction(allowed)


def test_a_product_and_a_sum_of_two_dtypes_is_wide() -> None:
    third = np.array([1 / 3])
    narrow = third.astype(np.float32)
    expected = np.float64(narrow[0]) * third[0] + third[0]
    assert sum_of_product(narrow, third, third) == pytest.approx(expected, rel=1e-15)


IN_ANOTHER_PROCESS = """
import sys
import numba, numpy as np
from minigrad.kernels import elementary, intrinsics

x = np.load(sys.argv[1])
for name in ("exp", "expm1", "sigmoid"):
    function = getattr(elementary, name)

    @numba.njit(fastmath=True, error_model="numpy")
    def over_array(x, out):
        for i in range(x.size):
            out[i] = function(x[i])

    out = np.empty_like(x)
    over_array(x, out)
    np.save(sys.argv[2] + name, out)
"""


@pytest.mark.parametrize("processor", ["host", "generic"])
def test_first_use_in_a_fastmath_kernel_changes_nothing(processor: str, tmp_path: Path) -> None:
    x = float32_of(np.arange(0, 2**32, 99991))
    np.save(tmp_path / "x.npy", x)
    environment = dict(os.environ)
    if processor == "generic":  # no fused multiply-add: last bits may differ, the bound holds
        environment.update(NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="")
    script = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path / "x.npy"), f"{tmp_path}/"]
    subprocess.run(script, env=environment, check=True, cwd=Path(__file__).parents[2])
    for name, reference in REFERENCES.items():
        result = np.load(tmp_path / f"{name}.npy")
        if processor == "host":
            np.testing.assert_array_equal(result, apply(name, x))
        with np.errstate(over="ignore", invalid="ignore"):
            exact = reference(x.astype(np.float64))
        assert units_in_last_place(result, exact).max() <= LARGEST_ERROR
        assert np.signbit(result[x == 0]).tolist() == np.signbit(exact[x == 0]).tolist()
