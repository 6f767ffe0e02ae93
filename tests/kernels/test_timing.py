"""Is what is timed launched as often as is said?"""

import numpy as np
import pytest

from minigrad.kernels import machine
from minigrad.kernels.timing import Repeated, of_a_call
from minigrad.ops.binary_cross_entropy import forward as binary_cross_entropy
from minigrad.running_statistics import average


def repeated(kernel, operands, times):
    """The kernel on these operands, and the slots that they are packed in."""
    dtype, slots = operands[0].dtype, np.zeros(kernel.packed_words, np.int64)
    assert machine.pack(kernel.entry(dtype), id(operands), slots.ctypes.data) == 0
    return Repeated(kernel.address(dtype), slots.ctypes.data, times), slots


@pytest.mark.parametrize("times", [1, 2, 500])
def test_one_launch_more_than_are_timed(times):
    mean, statistics, counter = np.zeros(3), np.ones(3), np.zeros(1, np.int64)
    operands = (mean, mean.copy(), statistics, statistics, counter, 5.0, 0.1, 0.0)
    timer, _slots = repeated(average, operands, times)
    assert timer.seconds() >= 0
    assert counter.tolist() == [times + 1]


def test_a_launch_that_fails_is_no_time():
    p, weight, out = np.full(2, 2.0), np.empty(0), np.empty(())
    timer, _slots = repeated(binary_cross_entropy, (p, p, weight, 1.0, out), 3)
    with pytest.raises(RuntimeError, match="gave status 1 when launched again"):
        timer.seconds()


def test_the_call_of_native_code_takes_some_time():
    assert 0 < of_a_call() < 1e-3
