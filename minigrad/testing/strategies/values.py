"""What numbers do tensors hold? Kinds of values that have names, and numbers between bounds.

A kind gives, for a dtype, a strategy of elements; a dtype that has no such numbers, as int64 has
no NaN, does without the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st

from ...dtypes import dtype, float64
from .choices import among, either

Elements: TypeAlias = st.SearchStrategy[Any]
Kind: TypeAlias = Callable[[dtype], Elements | None]


def numbers(
    low: float, high: float, *special: float, of: dtype = float64
) -> st.SearchStrategy[float]:
    """Numbers between two bounds, with special ones, and so ties, mixed in.

    Parameters
    ----------
    low, high : the bounds, both included; they are rounded to the dtype
    special : numbers that come often, within the bounds or not
    of : the dtype that has all these numbers

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import numbers
    >>> find(numbers(-2.0, 5.0), lambda x: x > 3.5)
    4.0
    """
    width = 8 * of.itemsize
    bounds = [float(of.numpy.type(bound)) for bound in (low, high)]
    between = st.floats(*bounds, width=width, allow_subnormal=False)  # type: ignore[arg-type]
    return either(among(special), between) if special else between


def near(*points: float, of: dtype = float64) -> st.SearchStrategy[float]:
    """Numbers at some points, and one and two places beside them: where a function has kinks.

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import near
    >>> find(near(0.0, 1.0), lambda x: x > 1)
    1.0000000000000002
    """
    found = []
    for point in points:
        above = below = of.numpy.type(point)
        found.append(float(above))
        for _ in range(2):
            above, below = np.nextafter(above, np.inf), np.nextafter(below, -np.inf)
            found += [float(above), float(below)]
    return st.sampled_from(found)


@cache
def few_bits(of: dtype) -> Elements:
    """Quarters and small integers: sums and products of a few of them are exact."""
    if of.numpy.kind == "f":
        return st.integers(-16, 16).map(_quarter)
    return normal(of)


def _quarter(count: int) -> float:
    """Whole numbers first, as the simplest examples are those of the smallest counts."""
    return float(count) if -4 <= count <= 4 else count / 4


def normal(of: dtype) -> Elements:
    """What computations mostly meet, none of it subnormal."""
    if of.numpy.kind == "f":
        return numbers(-10.0, 10.0, of=of)
    return st.booleans() if of.numpy.kind == "b" else st.integers(-10, 10)


@cache
def extreme(of: dtype) -> Elements | None:
    """The largest and the smallest numbers, and those whose squares or exponentials overflow."""
    if of.numpy.kind == "i":
        bounds = np.iinfo(of.numpy)
        return st.sampled_from([bounds.max, bounds.min, bounds.max - 1, bounds.min + 1])
    if of.numpy.kind != "f":
        return None
    limits = np.finfo(of.numpy)
    large = [float(limits.max), float(np.sqrt(limits.max)), float(np.log(limits.max)) + 1]
    small = [float(limits.tiny), float(np.sqrt(limits.tiny)), float(limits.eps)]
    rounded = [float(of.numpy.type(each)) for each in large + small]
    return st.sampled_from([*rounded, *[-each for each in rounded]])


@cache
def subnormal(of: dtype) -> Elements | None:
    """Numbers too small to have all their digits, from the smallest one on."""
    if of.numpy.kind != "f":
        return None
    limits = np.finfo(of.numpy)
    count = int(limits.tiny / limits.smallest_subnormal) - 1
    steps = st.integers(1, count) | st.integers(1, 4)
    positive = steps.map(lambda step: step * float(limits.smallest_subnormal))
    return positive | positive.map(lambda number: -number)


def _only(of: dtype, values: tuple[float, ...]) -> Elements | None:
    return among(values) if of.numpy.kind == "f" else None


@cache
def ties(of: dtype) -> Elements | None:
    """A few small integers, so that equal ones meet."""
    return st.sampled_from((0, 1, -1, 2)).map(of.numpy.type(0).item().__class__)


def near_kinks(of: dtype) -> Elements | None:
    """At and beside the points where activations and losses have kinks: 0, ±1 and ½."""
    return near(0.0, 1.0, -1.0, 0.5, of=of) if of.numpy.kind == "f" else None


VALUES: dict[str, Kind] = {
    "normal": normal,
    "few bits": few_bits,
    "ties": ties,
    "near kinks": near_kinks,
    "signed zeros": partial(_only, values=(0.0, -0.0)),
    "infinities": partial(_only, values=(float("inf"), -float("inf"))),
    "NaN": partial(_only, values=(float("nan"),)),
    "subnormal": subnormal,
    "extreme": extreme,
}


def of_kind(name: str, of: dtype) -> Elements | None:
    """The strategy of one of the `VALUES`, None where the dtype has none of them."""
    if name not in VALUES:
        raise ValueError(
            f"values: there is no kind {name!r}; there are {', '.join(map(repr, VALUES))}"
        )
    return VALUES[name](of)


def kinds_for(names: Iterable[str], of: dtype) -> dict[str, Elements]:
    """Those of the named kinds that a dtype has, or its normal values if it has none."""
    found = {name: of_kind(name, of) for name in names}
    there = {name: elements for name, elements in found.items() if elements is not None}
    return there or {"normal": normal(of)}
