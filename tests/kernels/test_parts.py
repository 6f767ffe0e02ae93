"""Has a launch that is divided among threads the result of one that is not, to the bit?"""

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.kernels import native, team, threads
from minigrad.kernels.kernel import SIZE_TO_DIVIDE, Flat, Kernel, Matrix, Scalar, Vector, kernel
from minigrad.kernels.parts import GRAIN, PARTS_EACH, SHORTEST
from minigrad.ops.relu import forward as relu

from .launches import launches

LARGE = 2 * SIZE_TO_DIVIDE
# Where something changes: whether a call is divided, and how long its parts are.
SIZES = (SIZE_TO_DIVIDE - 1, SIZE_TO_DIVIDE, 17 * SHORTEST + 1, LARGE + GRAIN)


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = torch.get_num_threads()
    yield
    torch.set_num_threads(usual)


@cache
def elementwise_launches():
    """A launch of each elementwise kernel for all settings that there are of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [each for each in launches() if isinstance(each.kernel, Kernel)]
    different = {}
    for each in found:
        if each.kernel.elementwise:
            length = each.operands[each.kernel.writes[0]].size
            settings = [o for o in each.operands if isinstance(o, float) or o.size != length]
            different.setdefault((each.kernel.name, repr(settings)), each)
    return list(different.values())


@lru_cache(1)
def drawn(size):
    """Random numbers for more operands than any kernel has."""
    return np.random.default_rng(0).standard_normal((8, size))


def enlarged(launched, dtype, size, offset):
    """Operands with random numbers in the place of all arrays as long as the one that counts.

    They begin `offset` elements after where NumPy would have them begin.
    """
    draws = iter(drawn(offset + size))
    length = launched.operands[launched.kernel.writes[0]].size
    result = []
    for how, operand in zip(launched.kernel.operands, launched.operands, strict=True):
        if isinstance(operand, float):
            result.append(operand)
        elif how.ndim == native.FLAT and operand.size == length:
            numbers = next(draws).astype(how.dtype or dtype)
            result.append(numbers[offset:])
        else:
            result.append(operand.astype(how.dtype or dtype))
    return result


def written(kernel, operands, count):
    """The bytes of all arrays after a launch on so many threads."""
    operands = [each if isinstance(each, float) else each.copy() for each in operands]
    torch.set_num_threads(count)
    kernel(*operands)
    return [each.tobytes() for each in operands if not isinstance(each, float)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES)
def test_no_elementwise_kernel_sees_how_many_threads_there_are(dtype, size):
    launched = elementwise_launches()
    for position, each in enumerate(launched):
        large = enlarged(each, dtype, size, offset=size % 3)
        expected = written(each.kernel, large, 1)
        count = 2 + (position + size) % 7
        assert written(each.kernel, large, count) == expected, f"{each.kernel}, {count} threads"
    names = {each.kernel.name for each in launched}
    assert {"relu.forward", "elu.backward", "adam.descend", "arrays.add"} <= names


@kernel(writes=("out",), elementwise=True)
def lengths(x: Flat, out: Flat) -> None:
    """Tells how long the part is: not elementwise in truth."""
    for i in range(x.size):
        out[i] = x.size


@given(size=st.integers(0, 5 * SIZE_TO_DIVIDE), count=st.integers(1, 9))
def test_parts_are_as_many_as_threads_need(size, count):
    torch.set_num_threads(count)
    x, out = np.zeros(size), np.empty(size)
    lengths(x, out)
    found, at = [], 0
    while at < size:
        found.append(int(out[at]))
        assert (out[at : at + found[-1]] == found[-1]).all()
        at += found[-1]
    assert at == size
    if size < SIZE_TO_DIVIDE or count == 1 or not threads.start():
        assert len(found) <= 1
    else:
        assert 1 < len(found) <= PARTS_EACH * count
        assert len(set(found[:-1])) == 1 and found[0] % GRAIN == 0 and found[0] >= SHORTEST


@pytest.mark.parametrize(
    ("size", "count", "length"),
    [
        (2**17, 2, 2**15),  # two parts for each thread
        (2**17 + 1, 2, 2**15 + GRAIN),
        (5 * 2**17, 3, 109248),  # the next multiple of the grain
        (2**17, 3, 21888),
        (2**17, 9, SHORTEST),
        (5 * 2**17, 64, SHORTEST),
    ],
)
def test_how_long_parts_are(size, count, length):
    torch.set_num_threads(count)
    if not threads.divider():
        pytest.skip("no launch is divided here")
    out = np.empty(size)
    lengths(np.zeros(size), out)
    assert out[0] == length
    assert out[-1] == (size - 1) % length + 1
    assert len(np.flatnonzero(np.diff(out))) <= 1
    assert threads._words[team.PARTS_DONE // 8] == -(-size // length)  # none behind the last


@kernel(
    writes=("out", "count"), errors={1: ValueError("one"), 2: KeyError("two")}, elementwise=True
)
def counted(x: Flat, factor: Scalar, weights: Vector, out: Flat, count: Flat) -> int:
    count[0] += 1
    for i in range(x.size):
        if x[i] > 0:
            return int(x[i])
        out[i] = count[0] + factor * weights[0]
    return 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_number_is_counted_once(dtype):
    x, weights, count = np.zeros(LARGE, dtype), np.full(1, 3, dtype), np.full(1, 4, dtype)
    out = np.empty_like(x)
    torch.set_num_threads(3)
    for calls in (1, 2):
        counted(x, 2.0, weights, out, count)
        assert count[0] == 4 + calls
        assert (out == 4 + calls + 6).all()


@pytest.mark.parametrize(("first", "second", "error"), [(1, 2, ValueError), (2, 1, KeyError)])
def test_of_several_statuses_the_first_in_order_is_raised(first, second, error):
    x, one = np.zeros(LARGE, np.float32), np.ones(1, np.float32)
    x[LARGE // 3], x[-1] = first, second
    torch.set_num_threads(3)
    for _ in range(20):
        with pytest.raises(error):
            counted(x, 2.0, one, np.empty_like(x), one.copy())
    x[:] = 0
    counted(x, 2.0, one, np.empty_like(x), one.copy())  # and nothing is left of it


@kernel(writes=("out",), elementwise=True)
def moved(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i]


@pytest.mark.parametrize("apart", [1, -1, SHORTEST, 0])
def test_arrays_that_overlap_are_left_to_one_thread(apart):
    before, after = max(-apart, 0), max(apart, 0)
    results = []
    for count in (1, 4):
        torch.set_num_threads(count)
        memory = np.arange(LARGE + abs(apart), dtype=np.float64)
        moved(memory[before : before + LARGE], memory[after : after + LARGE])
        results.append(memory.tobytes())
    assert results[0] == results[1]


@kernel(writes=("out", "counts"), elementwise=True)
def counted_twice(out: Flat, counts: Flat) -> None:
    counts[0] += 1
    counts[1] += 1
    for i in range(out.size):
        out[i] = counts[1]


def test_a_kernel_that_writes_a_few_numbers_is_left_to_one_thread():
    torch.set_num_threads(4)
    out, counts = np.empty(LARGE), np.zeros(2)
    for calls in (1, 2, 3):
        counted_twice(out, counts)
        assert counts.tolist() == [calls] * 2 and (out == calls).all()


def test_an_elementwise_kernel_has_operands_that_can_be_divided():
    with pytest.raises(TypeError, match="wrong: what an elementwise kernel writes must be Flat"):

        @kernel(writes=("x",), elementwise=True)
        def wrong(x: Vector) -> None:
            x[0] = 1

    with pytest.raises(TypeError, match="reads Flat, a vector or a scalar"):

        @kernel(writes=("x",), elementwise=True)
        def also_wrong(x: Flat, y: Matrix) -> None:
            x[0] = y[0, 0]


def test_wrong_operands_of_a_large_call_are_named():
    x = np.zeros(LARGE, np.float32)
    with pytest.raises(TypeError, match=r"operand 'out' is .*float64.* expected"):
        relu(x, np.zeros(LARGE))


def test_a_launch_on_many_divides_large_ones_and_starts_the_others_together():
    torch.set_num_threads(2)
    sizes = (3, LARGE, 5, 0, LARGE + 1, 1)
    calls = tuple((np.full(n, -1.0), np.empty(n)) for n in sizes)
    relu.each((*calls, (np.full(2, -1.0, np.float32), np.empty(2, np.float32))))
    assert all((out == 0).all() for _, out in calls)


def test_threads_of_python_divide_at_the_same_time():
    torch.set_num_threads(3)
    inputs = [np.random.default_rng(k).standard_normal(LARGE + k) for k in range(4)]
    begin = threading.Barrier(len(inputs))

    def many(x):
        begin.wait()
        out = np.empty_like(x)
        for _ in range(200):
            out.fill(np.nan)
            relu(x, out)
            if not np.array_equal(out, np.maximum(x, 0)):
                return False
        return True

    with ThreadPoolExecutor(len(inputs)) as pool:
        assert all(pool.map(many, inputs))
