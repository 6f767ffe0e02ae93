"""How is an array filled evenly from a range?"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arguments import NAMES, expect_floating, number
from .filling import fill
from .fused_multiply_add import fused_multiply_add
from .stream import Stream

Array = np.ndarray[Any, Any]


def fill_uniform(stream: Stream, array: Array, low: float, high: float) -> None:
    """Fill `array` evenly from [low, high)."""
    low, high = number(low, "uniform_", "from", 1), number(high, "uniform_", "to", 2)
    expect_floating(array, "check_uniform_bounds")
    _check_range(low, high, array.dtype)
    start, stop = array.dtype.type(low), array.dtype.type(high)

    def draw(count: int) -> Array:
        values = fused_multiply_add(stream.fractions(count, array.dtype), stop - start, start)
        values[values >= stop] = start  # what was rounded up to the end starts again
        return values

    fill(array, draw)


def _check_range(low: float, high: float, dtype: Any) -> None:
    largest, name = float(np.finfo(dtype).max), NAMES[dtype.name]
    for end, bound in (("from", low), ("to", high)):
        if not -largest <= bound <= largest:
            raise RuntimeError(f"{end} is out of bounds for {name.lower()}")
    if low > high:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={low:g} > to={high:g}"
        )
    if high - low > largest:
        raise RuntimeError(
            f"uniform_ expects to-from <= std::numeric_limits<{name}>::max(), but found "
            f"to={high:g} and from={low:g} which result in to-from to exceed the limit"
        )
