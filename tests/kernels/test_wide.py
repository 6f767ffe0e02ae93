"""Are the float64 building blocks exact for every float32, and quick?"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from minigrad.kernels import wide

Array = NDArray[Any]

REFERENCES: dict[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "expm1": np.expm1,
    "sigmoid": special.expit,
    "tanh": np.tanh,
    "log_of_1_plus_exp": functools.partial(np.logaddexp, 0.0),
    "log": np.log,
    "log_of_complement": lambda t: np.log1p(-t),
    "probability": special.ndtr,
    "density": lambda t: np.exp(-0.5 * t * t) / math.sqrt(2 * math.pi),
}
IN_0_1 = ("log", "log_of_complement")  # what is only there for numbers between 0 and 1
every_function = pytest.mark.parametrize("name", REFERENCES)


@functools.cache
def kernel(name: str, kind: type) -> Any:
    """The function over an array, as exact as a dtype needs it."""
    part = {"probability": 0, "density": 1}.get(name)
    function = getattr(wide, name if part is None else "normal")

    @numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
    def over_array(x: Array, like: Any, out: Array) -> None:
        for i in range(x.size):
            if name == "log_of_1_plus_exp":
                out[i] = function(x[i], 0.0, like)
            elif part is None:
                out[i] = function(x[i], like)
            else:
                out[i] = function(x[i], like)[part]

    return over_array


def apply(name: str, x: Array, kind: type = np.float32) -> Array:
    out = np.empty_like(x)
    kernel(name, kind)(x, kind(0), out)
    return out


@every_function
def test_a_sample_of_all_float32_is_exact_to_31_bits(name: str) -> None:
    with np.errstate(all="ignore"):
        x = np.arange(0, 2**32, 2039).astype(np.uint32).view(np.float32).astype(np.float64)
        x = x[(x >= 0) & (x <= 1)] if name in IN_0_1 else x
        exact = REFERENCES[name](x)
        found = apply(name, x)
        beyond = ~np.isfinite(exact) | (np.abs(exact) > 1e300) | (np.abs(exact) < 1e-46)
        off = np.abs(found - exact) / np.abs(exact)
    assert off[~beyond].max() < 2.0**-31
    # Beyond float32's range a result need only round to the same float32.
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(
            found[beyond].astype(np.float32), exact[beyond].astype(np.float32)
        )


@every_function
def test_for_float64_the_last_places_are_right(name: str) -> None:
    ends = (0, 1) if name in IN_0_1 else (-30, 30)
    x = np.random.default_rng(0).uniform(*ends, 5000)
    np.testing.assert_allclose(apply(name, x, np.float64), REFERENCES[name](x), rtol=2e-13)


@every_function
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_ends(name: str, kind: type) -> None:
    x = np.array([-np.inf, np.inf, np.nan, -1e308, 1e308, -0.0, 0.0])
    x = np.array([-0.0, 0.0, 1e-45, 0.5, 1.0]) if name in IN_0_1 else x
    with np.errstate(all="ignore"):
        found, exact = apply(name, x, kind), REFERENCES[name](x)
    np.testing.assert_allclose(found, exact, rtol=1e-9)
    if name in ("expm1", "tanh"):
        np.testing.assert_array_equal(np.signbit(found[-2:]), [True, False])


@pytest.mark.skipif(
    numba.config.CPU_NAME == "generic",
    reason="with two float64 in a register, LLVM does not find it worth while everywhere",
)
@every_function
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_several_are_worked_on_at_once(name: str, kind: type) -> None:
    if kind is np.float64 and name in ("probability", "density"):
        return  # the C library's erfc is a call per element
    apply(name, np.zeros(1), kind)
    codes = kernel(name, kind).inspect_llvm().values()
    assert all(re.search(r"call .*<\d+ x double> @llvm\.fmuladd", code) for code in codes)
