"""Do lanes, compiled, do what their definitions in NumPy say, and touch nothing else?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from numba import njit
from numba.core.errors import TypingError

from minigrad.kernels import kernel_cache, lanes
from minigrad.kernels.lanes import LANES, add_product, load, scratch, spread, store, widened

dtypes = st.sampled_from([np.float32, np.float64])
numbers = st.floats(-1e3, 1e3, width=32)


def copy(x, at, count, out, to):
    store(out, to, count, load(x, at, count))


def arithmetic(x, y, at, out):
    a, b = widened(load(x, at, LANES)), widened(load(y, at, LANES))
    store(out, 0, LANES, a + b)
    store(out, LANES, LANES, a - b)
    store(out, 2 * LANES, LANES, a * b)
    store(out, 3 * LANES, LANES, widened(spread(x, at)))


def products(x, y, total, out):
    store(out, 0, LANES, add_product(load(total, 0, LANES), load(x, 0, LANES), load(y, 0, LANES)))


compiled_copy, compiled_arithmetic, compiled_products = map(njit, (copy, arithmetic, products))


@given(data=st.data(), dtype=dtypes, out_dtype=dtypes)
def test_so_many_elements_are_read_and_written_and_no_others(data, dtype, out_dtype):
    count = data.draw(st.integers(0, LANES + 2))
    x = data.draw(arrays(dtype, (3, LANES), elements=numbers))
    at, to = data.draw(st.integers(0, 2 * LANES)), data.draw(st.integers(0, 2 * LANES))
    ours, wanted = np.full(4 * LANES, 7, out_dtype), np.full(4 * LANES, 7, out_dtype)
    compiled_copy(x, at, count, ours, to)
    copy(x, at, count, wanted, to)
    np.testing.assert_array_equal(ours, wanted)
    assert (wanted != 7).sum() <= min(count, LANES)


@given(data=st.data(), dtype=dtypes, out_dtype=dtypes)
def test_arithmetic_rounds_as_numpy_does(data, dtype, out_dtype):
    x, y = (data.draw(arrays(dtype, 2 * LANES, elements=numbers)) for _ in range(2))
    ours, wanted = np.empty(4 * LANES, out_dtype), np.empty(4 * LANES, out_dtype)
    at = data.draw(st.integers(0, LANES))
    compiled_arithmetic(x, y, at, ours)
    arithmetic(x, y, at, wanted)
    np.testing.assert_array_equal(ours, wanted)


@given(data=st.data(), dtype=dtypes)
def test_a_product_is_added_with_one_rounding_or_two(data, dtype):
    x, y, total = (data.draw(arrays(dtype, LANES, elements=numbers)) for _ in range(3))
    ours, wanted = np.empty(LANES, dtype), np.empty(LANES, dtype)
    compiled_products(x, y, total, ours)
    products(x, y, total, wanted)
    rounding = np.finfo(dtype).eps * (abs(x * y) + abs(total))
    assert (abs(ours - wanted) <= rounding).all()


def test_scratch_memory_is_apart_from_everything():
    @njit
    def reversed_by_scratch(x):
        kept = scratch(x)
        for i in range(x.size):
            kept[i] = x[x.size - 1 - i]
        for i in range(x.size):
            x[i] = kept[i]
        return kept.size

    x = np.arange(lanes.SCRATCH, dtype=np.float32)
    assert reversed_by_scratch(x) == lanes.SCRATCH == scratch(x).size
    assert (x == np.arange(lanes.SCRATCH)[::-1]).all()


def test_arrays_that_are_not_contiguous_are_refused():
    with pytest.raises(TypingError, match="lanes are loaded from C-contiguous arrays"):
        compiled_copy(np.ones((4, 16))[:, ::2], 0, 1, np.ones(8), 0)


def test_a_kernel_that_uses_them_is_compiled_again_when_their_file_changes():
    sources = kernel_cache._sources({"body": compiled_copy})
    assert any("fmuladd" in each for each in sources)  # the whole file, how it is compiled too
