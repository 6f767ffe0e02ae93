"""How near do sums come to the exact ones, and what are they of what is not finite?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

import minigrad as torch
from minigrad.kernels.lanes import LANES
from minigrad.losses.reduction import BLOCK
from minigrad.primitives import adding_up

DTYPES = st.sampled_from([np.float32, np.float64])


@given(data=st.data(), size=st.integers(1, 40), times=st.sampled_from([1, 200]), dtype=DTYPES)
def test_sums_are_those_of_float64_over_a_block(
    data: st.DataObject, size: int, times: int, dtype: type
) -> None:
    """Eight side by side, so that at most BLOCK / 8 and a few additions come one after another."""
    x = data.draw(arrays(dtype, size, elements=st.floats(-(2.0**99), 2.0**99, width=32)))
    x = np.tile(np.concatenate([x, -x[::-1], x]), times)
    exact, magnitude = math.fsum(x.tolist()), math.fsum(np.abs(x).tolist())
    depth = min(x.size, BLOCK) / LANES + 8
    for kernel, count in ((adding_up.sum_of_all, 1), (adding_up.mean_of_all, x.size)):
        out = np.empty((), dtype)
        kernel(x, out)
        allowed = depth * 2.0**-53 * magnitude / count
        assert abs(out - exact / count) <= np.spacing(dtype(abs(exact / count))) + allowed


@pytest.mark.parametrize("values", [[np.inf, 1, -1e38], [np.inf, -np.inf, 1], [np.nan, 1, np.inf]])
def test_sums_of_what_is_not_finite(values: list[float]) -> None:
    x, out = np.array(values), np.empty(())
    adding_up.sum_of_all(x, out)
    with np.errstate(invalid="ignore"):
        np.testing.assert_equal(out[()], x.sum())


def test_the_mean_of_ones_is_one() -> None:
    for size in range(1, 200):
        assert torch.ones(size, dtype=torch.float64).mean().item() == 1.0


@given(
    shape=st.tuples(st.integers(1, 3), st.integers(1, 20), st.integers(1, 20)),
    dtype=DTYPES,
    data=st.data(),
)
def test_lines_are_added_up_where_they_lie(
    shape: tuple[int, ...], dtype: type, data: st.DataObject
) -> None:
    x = data.draw(arrays(dtype, shape, elements=st.integers(-99, 99)))
    sums, means = np.empty((2, shape[0], shape[2]), dtype)
    adding_up.sum_along(x, sums)
    adding_up.mean_along(x, 4.0, means)
    np.testing.assert_array_equal(sums, x.sum(1))
    np.testing.assert_array_equal(means, x.sum(1) / 4)
