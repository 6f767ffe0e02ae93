"""How is an array filled with integers, of all that its dtype has or of a range?"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ..dtypes import NAMES_IN_C
from ..kernels.kernel import Array, FlatOfInt64, kernel
from .arguments import DTYPES, NAMES, integer, unsupported
from .filling import fill
from .stream import Stream
from .twister import DRAWING, POSITION, WORD, Words, next_long_word, next_word

WIDE_RANGE = 2**28  # so many or more integers to choose from take two words each


def fill_integers(stream: Stream, array: Array, low: int | None, high: int | None) -> None:
    """Fill `array` with integers from [low, high); see `Generator.random` for None."""
    largest = _largest_integer(array)
    if low is None and high is None:
        return _draw(stream, array, 0, largest + 1, wide=largest > WORD)
    low = 0 if low is None else integer(low, "from")
    high = None if high is None else integer(high, "to")
    if high is None and low == -(2**63):
        if array.dtype == np.bool_ and array.size:
            raise unsupported("random_full_64_bits_range_kernel_cpu", array)
        if is_small(array.dtype):
            raise RuntimeError(
                "random_full_64_bits_range_kernel_cpu handles only int64, double, float and "
                "bfloat16"
            )
        return _draw(stream, array, 0, 0, wide=True)
    low, last = _range(array.dtype, low, high, largest)
    count = last - low + 1
    _draw(stream, array, low, count, wide=count >= WIDE_RANGE)


def _draw(stream: Stream, array: Array, low: int, count: int, wide: bool) -> None:
    """Of `count` integers from `low` on; of all that have 64 bits if it is 0."""
    choice = np.array([low % 2**64, count], np.uint64).view(np.int64)

    def draw(out: Array) -> None:
        drawn = out if out.dtype == np.int64 else np.empty(out.shape, np.int64)
        stream.draw(of_two_words if wide else of_a_word, drawn, choice)
        if drawn is not out:
            out[...] = drawn

    fill(array, draw)


@kernel(writes=("out", "words"), **DRAWING)
def of_a_word(out: FlatOfInt64, words: Words, choice: FlatOfInt64) -> None:
    position, low, count = np.int64(words[POSITION]), choice[0], np.uint64(choice[1])
    for i in range(out.size):
        word, position = next_word(words, position)
        out[i] = low + np.int64(word % count)
    words[POSITION] = position


@kernel(writes=("out", "words"), **DRAWING)
def of_two_words(out: FlatOfInt64, words: Words, choice: FlatOfInt64) -> None:
    position, low, count = np.int64(words[POSITION]), choice[0], np.uint64(choice[1])
    for i in range(out.size):
        word, position = next_long_word(words, position)
        out[i] = low + np.int64(word % count if count else word)
    words[POSITION] = position


def _largest_integer(array: Array) -> int:
    """The largest integer such that all up to it exist in the array's dtype."""
    if array.dtype not in DTYPES:
        raise unsupported("random_", array)
    if array.dtype.kind == "f":
        return int(2 ** _digits(array.dtype))
    return 1 if array.dtype == np.bool_ else int(np.iinfo(array.dtype).max)


def is_small(dtype: Any) -> bool:
    """Whether it is of integers of less than 64 bits."""
    return dtype.kind in "iu" and dtype.itemsize < 8


def _range(dtype: Any, low: int, high: int | None, largest: int) -> tuple[int, int]:
    """The first and last integer to draw, moved inwards to numbers that the dtype has."""
    if high is not None and low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    last = largest if high is None else high - 1
    if dtype.kind == "f":
        low, last = _moved_inwards(dtype, low, last)
        if low > last:
            end = f"'to' casted to dtype, but got from={low} >= to={last + 1}"
            if high is None:
                end = f"or equal to 'to_inc' casted to dtype, but got from={low} > to_inc={last}"
            raise RuntimeError(f"random_ expects 'from' casted to dtype to be less than {end}")
    for bound, value in (("from", low), ("to - 1", last)):
        if dtype.kind == "b" and not 0 <= value <= 1:
            raise RuntimeError(f"{bound} is out of bounds for bool")
        if is_small(dtype) and not np.iinfo(dtype).min <= value <= largest:
            raise RuntimeError(f"{bound} is out of bounds for {NAMES_IN_C[dtype.char]}")
        if dtype.kind == "f" and abs(value) > largest:
            name, digits = NAMES[dtype.name].lower(), _digits(dtype)
            warnings.warn(
                f"{bound} is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision "
                f"limitations {name} can support discrete uniform distribution only within this "
                "range.",
                stacklevel=5,
            )
    return low, last


def _moved_inwards(dtype: Any, low: int, last: int) -> tuple[int, int]:
    nearest = _nearest(low + 1, dtype)
    if nearest < low:
        low = nearest + 2 ** (abs(low + 1).bit_length() - _digits(dtype))
    nearest = _nearest(last, dtype)
    if nearest > last:
        last = nearest - 2 ** (abs(last).bit_length() - _digits(dtype)) - 1
    return low, last


def _nearest(value: int, dtype: Any) -> int:
    """`value` rounded to the dtype and back; what int64 cannot hold becomes its smallest."""
    nearest = int(dtype.type(value))
    return nearest if -(2**63) <= nearest < 2**63 else -(2**63)


def _digits(dtype: Any) -> int:
    return int(np.finfo(dtype).nmant) + 1 if dtype.kind == "f" else 0
