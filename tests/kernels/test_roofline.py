"""What one core can do at best: which limit holds, and whether what is measured is done."""

import numpy as np
import pytest

from minigrad.kernels.roofline import Roofline, calculate, copy, roofline

ROOF = Roofline((1000, 4000), (100.0, 50.0), {"float32": 10.0, "float64": 5.0})


def test_the_rate_of_memory_lies_between_those_of_the_nearest_sizes():
    assert [ROOF.bandwidth(size) for size in (0, 1, 1000)] == [100.0] * 3
    assert ROOF.bandwidth(2000) == pytest.approx(75.0)
    assert [ROOF.bandwidth(size) for size in (4000, 10**9)] == [50.0] * 2


def test_the_longer_of_moving_and_calculating_is_the_bound():
    assert ROOF.bound(1000, 99, "float32") == (10.0, "memory")
    assert ROOF.bound(1000, 101, "float32") == (10.1, "arithmetic")
    assert ROOF.bound(1000, 101, "float64") == (20.2, "arithmetic")
    assert ROOF.bound(1000, 101, "int64") == (20.2, "arithmetic")  # which is done in float64
    assert ROOF.bound(4000, None, "float32") == (80.0, "memory")
    assert ROOF.bound(0, 0, "float32").seconds == 0.0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_timed_is_done(dtype):
    out = np.full(1, 0.5, dtype)
    calculate(out, 2.0)
    assert out[0] == sum((k * 0.5 + 0.5) * 0.5 + 0.5 for k in range(10))
    x = np.arange(5, dtype=dtype)
    copied = np.empty_like(x)
    copy(x, copied)
    assert copied.tolist() == x.tolist()


def test_the_machines_limits_are_measured_once():
    limits = roofline()
    assert len(limits.sizes) == len(limits.bytes_per_second)
    assert min(*limits.bytes_per_second, *limits.flops_per_second.values()) > 0
    assert roofline() is limits
