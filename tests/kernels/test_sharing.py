"""Does a loop that threads share do each turn once, and report what one of them reports?"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, strategies as st
from numba import njit

import minigrad as torch
from minigrad.kernels import threads
from minigrad.kernels.kernel import Flat, Matrix, kernel
from minigrad.kernels.sharing import PARTS_EACH, SIZE_TO_SHARE, share


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = torch.get_num_threads()
    yield
    torch.set_num_threads(usual)


@njit
def number_rows(first, last, x, out):
    """Tells how long a range is, and stops at what is above 0."""
    for n in range(first, last):
        if x[n, 0] > 0:
            return int(x[n, 0])
        out[n] += last - first
    return 0


@kernel(writes=("out",), errors={1: ValueError("one"), 2: KeyError("two")}, shares="x")
def numbered(x: Matrix, out: Flat) -> int:
    return share(number_rows, x.shape[0], x.size, (x, out))


def ranges(rows, columns, count):
    """How long the ranges are, in order, on so many threads."""
    torch.set_num_threads(count)
    out, found, at = np.zeros(rows), [], 0
    numbered(np.zeros((rows, columns)), out)
    while at < rows:
        found.append(int(out[at]))
        assert (out[at : at + found[-1]] == found[-1]).all()
        at += found[-1]
    assert at == rows
    return found


@given(rows=st.integers(0, 99), columns=st.sampled_from([1, 1000]), count=st.integers(1, 9))
def test_each_turn_is_done_once(rows, columns, count):
    found = ranges(rows, columns, count)
    if rows * columns < SIZE_TO_SHARE or count == 1 or not threads.start():
        assert len(found) <= 1
    else:
        assert len(found) == min(rows, PARTS_EACH * count)
        assert max(found) - min(found) <= 1


@pytest.mark.parametrize(("first", "second", "error"), [(1, 2, ValueError), (2, 1, KeyError)])
def test_of_several_statuses_the_first_in_order_is_raised(first, second, error):
    x = np.zeros((SIZE_TO_SHARE, 2), np.float32)
    x[SIZE_TO_SHARE // 3], x[-1] = first, second
    torch.set_num_threads(3)
    for _ in range(20):
        with pytest.raises(error):
            numbered(x, np.zeros(len(x), np.float32))
    assert ranges(SIZE_TO_SHARE, 1, 3)  # and nothing is left of it


def test_threads_of_python_share_at_the_same_time():
    torch.set_num_threads(3)
    x = torch.rand(1000, 100)
    expected = torch.softmax(x, 1).array.tobytes()

    def many(_):
        return all(torch.softmax(x, 1).array.tobytes() == expected for _ in range(50))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(many, range(4)))
