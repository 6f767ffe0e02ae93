"""How is an array filled evenly from a range?"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.intrinsics import fused_multiply_add
from ..kernels.kernel import Array, Flat, Scalar, kernel
from .arguments import NAMES, expect_floating, number
from .filling import fill
from .stream import Stream
from .twister import DRAWING, POSITION, Words, next_fraction

LARGEST = {dtype: float(np.finfo(dtype).max) for dtype in ("f", "d")}


def fill_uniform(stream: Stream, array: Array, low: float, high: float) -> None:
    """Fill `array` evenly from [low, high)."""
    low, high = number(low, "uniform_", "from", 1), number(high, "uniform_", "to", 2)
    expect_floating(array, "check_uniform_bounds")
    _check_range(low, high, array.dtype)
    fill(array, lambda out: stream.draw(uniform, out, low, high))


@kernel(writes=("out", "words"), flops=lambda out: 2 * out.size + 1, **DRAWING)
def uniform(out: Flat, words: Words, low: Scalar, high: Scalar) -> None:
    position, width = np.int64(words[POSITION]), high - low
    for i in range(out.size):
        fraction, position = next_fraction(words, position, low)
        value = fused_multiply_add(fraction, width, low)
        out[i] = low if value >= high else value  # what was rounded up to the end starts again
    words[POSITION] = position


def in_range(low: float, high: float, dtype: np.dtype[Any]) -> bool:
    """Whether it is a range of numbers of the dtype, and narrow enough."""
    largest = LARGEST[dtype.char]
    return 0 <= high - low <= largest and abs(low) <= largest and abs(high) <= largest


def _check_range(low: float, high: float, dtype: np.dtype[Any]) -> None:
    largest = LARGEST[dtype.char]
    if in_range(low, high, dtype):
        return
    name = NAMES[dtype.name]
    for end, bound in (("from", low), ("to", high)):
        if not -largest <= bound <= largest:
            raise RuntimeError(f"{end} is out of bounds for {name.lower()}")
    if low > high:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={low:g} > to={high:g}"
        )
    raise RuntimeError(
        f"uniform_ expects to-from <= std::numeric_limits<{name}>::max(), but found "
        f"to={high:g} and from={low:g} which result in to-from to exceed the limit"
    )
