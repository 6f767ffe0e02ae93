"""Kernels that add up all elements, or those of each line, in float64.

Eight sums side by side are faster than NumPy's way, which widens all numbers and then adds them up
by pairs. So that no more is lost, all elements are added up by blocks, and what rounding takes
from the sum of the blocks' sums is added in the end.
"""

from __future__ import annotations

from ..kernels.intrinsics import exactly, exactly_there
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
