"""How is an array filled with integers, of all that its dtype has or of a range?"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from .arguments import NAMES, integer, unsupported
from .filling import fill
from .stream import WORD, Stream

Array = np.ndarray[Any, Any]

WIDE_RANGE = 2**28  # so many or more integers to choose from take two words each


def fill_integers(stream: Stream, array: Array, low: int | None, high: int | None) -> None:
    """Fill `array` with integers from [low, high); see `Generator.random` for None."""
    largest = _largest_integer(array)
    if low is None and high is None:
        words = stream.long_words if largest > WORD else stream.words
        return fill(array, lambda n: words(n) % (largest + 1))
    low = 0 if low is None else integer(low, "from")
    high = None if high is None else integer(high, "to")
    if high is None and low == -(2**63):
        if array.dtype == np.bool_:
            raise unsupported("random_full_64_bits_range_kernel_cpu", array)
        return fill(array, lambda n: stream.long_words(n).view(np.int64))
    low, last = _range(array.dtype, low, high, largest)
    count = last - low + 1
    words = stream.words if count < WIDE_RANGE else stream.long_words
    offset = np.uint64(low % 2**64)
    fill(array, lambda n: (words(n) % count + offset).view(np.int64))


def _largest_integer(array: Array) -> int:
    """The largest integer such that all up to it exist in the array's dtype."""
    if array.dtype.name not in NAMES:
        raise unsupported("random_", array)
    if array.dtype.kind == "f":
        return int(2 ** _digits(array.dtype))
    return 1 if array.dtype == np.bool_ else 2**63 - 1


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
    name, digits = NAMES[dtype.name].lower(), _digits(dtype)
    for bound, value in (("from", low), ("to - 1", last)):
        if dtype.kind == "b" and not 0 <= value <= 1:
            raise RuntimeError(f"{bound} is out of bounds for bool")
        if dtype.kind == "f" and abs(value) > largest:
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
