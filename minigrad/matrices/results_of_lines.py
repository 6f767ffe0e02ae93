"""What is written of the numbers of a line once it is known what belongs to the line as a whole?

Blocks of lines lie one after another, as `lines.read` gives them. Factors and means are known in
float64, and are used as the sum of two numbers of the lines' dtype.
"""

from __future__ import annotations

from typing import Any

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, add_product, filled, load, store, widened


@exactly  # type: ignore[untyped-decorator]
def in_two(number: float, like: Array) -> Any:
    """A float64 as the sum of two numbers of an array's dtype, each in every lane.

    So it is as exact among float32s as if they were float64s, and twice as many fit into a vector.
    """
    high = like.dtype.type(number)
    return filled(high), filled(like.dtype.type(number - high))


@exactly  # type: ignore[untyped-decorator]
def scale_lines(numbers: Array, factors: Array, out: Array) -> None:
    """Multiply each line of a block with its factor."""
    width = numbers.size // factors.size
    for j in range(factors.size):
        high, low = in_two(factors[j], out)
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            number = load(numbers, k, left)
            store(out, k, left, add_product(number * low, number, high))


@exactly  # type: ignore[untyped-decorator]
def weigh_from_means(slopes: Array, weights: Array, means: Array, block: Array) -> None:
    """Write (slope - mean) weight."""
    width = slopes.size // means.size
    for j in range(means.size):
        high, low = in_two(means[j], block)
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            from_mean = (load(slopes, k, left) - high) - low
            store(block, k, left, from_mean * load(weights, k, left))


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
    """Write slope - share total."""
    width = slopes.size // totals.size
    for j in range(totals.size):
        high, low = in_two(-totals[j], block)
        for k in range(j * width, (j + 1) * width, LANES):
            left = (j + 1) * width - k
            share = load(shares, k, left)
            slope = add_product(load(slopes, k, left), share, high)
            store(block, k, left, add_product(slope, share, low))
