"""How does a kernel add up numbers of float64, or find their largest, faster than in turn?

An addition takes four ticks, and the next one waits for it. Eight sums side by side are one
vector, so eight numbers are added in that time; to which sum a number is added depends on its
place alone. On one core of an AMD EPYC a thousand numbers take 84 ns, and in turn 820.
"""

from __future__ import annotations

import numpy as np

from .elementary import exactly
from .lanes import LANES, Array, load, scratch, store


@exactly  # type: ignore[untyped-decorator]
def total_of(numbers: Array) -> float:
    """The sum of numbers of float64."""
    sums = load(numbers, 0, 0)  # zeros
    for k in range(0, numbers.size, LANES):
        sums = sums + load(numbers, k, numbers.size - k)
    eight = scratch(1.0)[:LANES]
    store(eight, 0, LANES, sums)
    return ((eight[0] + eight[4]) + (eight[1] + eight[5])) + (
        (eight[2] + eight[6]) + (eight[3] + eight[7])
    )


@exactly  # type: ignore[untyped-decorator]
def largest_of(numbers: Array) -> float:
    """The largest of numbers of float64 that are not NaN; -infinity if there is none."""
    eight = scratch(1.0)[:LANES]
    eight[:] = -np.inf
    whole = numbers.size // LANES * LANES
    for first in range(0, whole, LANES):
        some = numbers[first : first + LANES]
        for k in range(LANES):
            eight[k] = some[k] if some[k] > eight[k] else eight[k]
    largest = -np.inf
    for k in range(LANES):
        largest = max(largest, eight[k])
    for k in range(whole, numbers.size):
        largest = numbers[k] if numbers[k] > largest else largest
    return largest
