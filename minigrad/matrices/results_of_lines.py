"""What is written of the numbers of a line once it is known what belongs to the line as a whole?

Blocks of lines lie one after another, as `lines.read` gives them; results are computed in float64
and rounded once, to the dtype of the block that they are written to.
"""

from __future__ import annotations

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, filled, load, store, widened


@exactly  # type: ignore[untyped-decorator]
def scale_lines(numbers: Array, factors: Array, out: Array) -> None:
    """Multiply each line of a block with its factor; into `out`, of either dtype."""
    width = numbers.size // factors.size
    for j in range(factors.size):
        own = filled(factors[j])
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            store(out, k, left, widened(load(numbers, k, left)) * own)


@exactly  # type: ignore[untyped-decorator]
def weigh_from_means(slopes: Array, weights: Array, means: Array, block: Array) -> None:
    """Write (slope - mean) weight, rounded once."""
    width = slopes.size // means.size
    for j in range(means.size):
        mean = filled(means[j])
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            slope, weight = widened(load(slopes, k, left)), widened(load(weights, k, left))
            store(block, k, left, (slope - mean) * weight)


@exactly  # type: ignore[untyped-decorator]
def take_off(numbers: Array, largest: Array, logs: Array, block: Array) -> None:
    """Write what is left of each line without its largest element and its logarithm."""
    width = numbers.size // logs.size
    for j in range(logs.size):
        first, then = filled(largest[j]), filled(logs[j])
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            store(block, k, left, (widened(load(numbers, k, left)) - first) - then)


@exactly  # type: ignore[untyped-decorator]
def take_off_shares(slopes: Array, shares: Array, totals: Array, block: Array) -> None:
    """Write slope - share total, rounded once."""
    width = slopes.size // totals.size
    for j in range(totals.size):
        total = filled(totals[j])
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            taken = widened(load(shares, k, left)) * total
            store(block, k, left, widened(load(slopes, k, left)) - taken)
