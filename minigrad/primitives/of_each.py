"""Kernels that do one operation on each element, and such that add up all of them.

NumPy does the same, and where these cannot: on whole numbers, and on what lies apart in memory.
But a compiled step has to come back to Python for it. The bits are the same, too, except those of
sums and logarithms, which are nearer here. Each operand may be a single number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels import wide
from ..kernels.elementary import exactly, exactly_there, rounded_like
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..kernels.lanes import LANES, SCRATCH, scratch
from ..kernels.reshaping import with_shape
from ..kernels.sums import total_of
from ..losses.reduction import BLOCK, flops_to_reduce, total_of_losses
from ..matrices.lines import Lines


def _flops_of_all(x: Array) -> int:
    blocks = -(-x.size // BLOCK)
    side_by_side = -(-x.size // LANES) * LANES
    return side_by_side + 7 * blocks + flops_to_reduce(blocks, BLOCK) - 1


def _flops_along(x: Array) -> int:
    before, n, after = x.shape
    if after > 1 or n < LANES:
        return before * after * (n + 1)
    return before * (-(-n // LANES) * LANES + LANES)


@exactly_there  # type: ignore[untyped-decorator]
def _of_one(operation: Any, x: Array, out: Array) -> None:
    if x.size == out.size:
        for i in range(out.size):
            out[i] = operation(x[i])
    else:
        for i in range(out.size):
            out[i] = operation(x[0])


@exactly_there  # type: ignore[untyped-decorator]
def of_two(operation: Any, a: Array, b: Array, out: Array) -> None:
    if a.size == out.size and b.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[i], b[i])
    elif a.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[i], b[0])
    elif b.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[0], b[i])
    else:
        for i in range(out.size):
            out[i] = operation(a[0], b[0])


@exactly  # type: ignore[untyped-decorator]
def _opposite(x: Any) -> Any:
    return -x


@exactly  # type: ignore[untyped-decorator]
def _magnitude(x: Any) -> Any:
    return abs(x)


@exactly  # type: ignore[untyped-decorator]
def _sign(x: Any) -> Any:
    return 1.0 if x > 0 else -1.0 if x < 0 else 0.0


@exactly  # type: ignore[untyped-decorator]
def _square(x: Any) -> Any:
    return x * x


@exactly  # type: ignore[untyped-decorator]
def _square_root(x: Any) -> Any:
    return np.sqrt(x)


@exactly  # type: ignore[untyped-decorator]
def _logarithm(x: Any) -> Any:
    t = np.float64(x)
    result = wide.log(t, x) if t < np.inf else t  # infinity and NaN are their own
    return rounded_like(x, np.nan if t < 0 else result)


@exactly  # type: ignore[untyped-decorator]
def _sum(a: Any, b: Any) -> Any:
    return a + b


@exactly  # type: ignore[untyped-decorator]
def _difference(a: Any, b: Any) -> Any:
    return a - b


@exactly  # type: ignore[untyped-decorator]
def _product(a: Any, b: Any) -> Any:
    return a * b


@exactly  # type: ignore[untyped-decorator]
def _quotient(a: Any, b: Any) -> Any:
    return a / b


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def add(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_sum, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def subtract(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_difference, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def multiply(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_product, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def divide(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_quotient, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def negative(x: Flat, out: Flat) -> None:
    _of_one(_opposite, x, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def absolute(x: Flat, out: Flat) -> None:
    _of_one(_magnitude, x, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def sign(x: Flat, out: Flat) -> None:
    _of_one(_sign, x, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def square(x: Flat, out: Flat) -> None:
    _of_one(_square, x, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def sqrt(x: Flat, out: Flat) -> None:
    _of_one(_square_root, x, out)


@kernel(writes=("out",), flops=lambda out: 23 * out.size, elementwise=True, costly=True)
def log(x: Flat, out: Flat) -> None:
    _of_one(_logarithm, x, out)


@exactly  # type: ignore[untyped-decorator]
def _sums_of_blocks(first: int, sums: Array, x: Array) -> int:
    for k in range(sums.size):
        sums[k] = total_of(x[(first + k) * BLOCK : (first + k + 1) * BLOCK])
    return 0


@exactly_there  # type: ignore[untyped-decorator]
def _total(x: Array, out: Array) -> tuple[int, float]:
    """A status, and the sum in float64: of sums of blocks, keeping what rounding loses."""
    blocks = (x.size + BLOCK - 1) // BLOCK
    return total_of_losses(_sums_of_blocks, (x,), blocks, BLOCK, False, out)


@kernel(writes=("out",), shares="x", flops=_flops_of_all)
def sum_of_all(x: Flat, out: Flat) -> int:
    status, total = _total(x, out)
    out[0] = total
    return status


@kernel(writes=("out",), shares="x", flops=lambda x: _flops_of_all(x) + 1)
def mean_of_all(x: Flat, out: Flat) -> int:
    status, total = _total(x, out)
    out[0] = total / x.size
    return status


@exactly_there  # type: ignore[untyped-decorator]
def _along(x: Array, count: float, out: Array) -> None:
    """The sum of each line, in float64, divided by a count."""
    before, n, after = x.shape
    numbers, memory = with_shape(x, (x.size,)), scratch(1.0)
    for i in range(before if after == 1 and n < LANES else 0):
        total = 0.0
        for k in range(n):
            total += numbers[i * n + k]
        out[i] = total / count
    for i in range(before if after == 1 and n >= LANES else 0):
        out[i] = total_of(numbers[i * n : (i + 1) * n]) / count
    for i in range(before if after > 1 else 0):
        for first in range(0, after, SCRATCH):  # many lines at a time, as they lie in memory
            totals = memory[: min(SCRATCH, after - first)]
            totals[:] = 0.0
            for k in range(n):
                begin = (i * n + k) * after + first
                some = numbers[begin : begin + totals.size]
                for a in range(totals.size):
                    totals[a] += some[a]
            for a in range(totals.size):
                out[i * after + first + a] = totals[a] / count


@kernel(writes=("out",), flops=_flops_along)
def sum_along(x: Lines, out: Flat) -> None:
    _along(x, 1.0, out)


@kernel(writes=("out",), flops=_flops_along)
def mean_along(x: Lines, count: ScalarOfFloat64, out: Flat) -> None:
    _along(x, count, out)
