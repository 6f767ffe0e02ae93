"""In which element is a derivative wrong that was taken of many at once?

Of a direction one half is taken, which costs one more difference. Gaps between derivatives and
truths add up, so the half that has more of the gap is halved next, until one element is left:
after about log2 n of them. Then the cotangent is halved in the same way, and what comes out is an
element of the Jacobian.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ..tensor import Array
from .differences import Range
from .directions import Direction
from .failure import CheckError
from .findings import Wrong


class Means(NamedTuple):
    """How a derivative is computed and judged, of a direction and a cotangent."""

    differences: Callable[[Direction], Range]  # of all outputs, along a direction
    gradient: Callable[[Direction], Array]  # by all inputs, flat, for a cotangent
    judge: Callable[[Direction, Range, Direction, Array], Sequence[Wrong]]
    inputs: Sequence[str]
    outputs: Sequence[str]


def of_one_element(wrong: Wrong, by: Direction, of: Direction, means: Means) -> Wrong:
    """The same mistake in one element, or the nearest to it that is wrong by itself."""
    if by.element is not None and of.element is not None:
        return wrong
    slopes = means.gradient(of)
    whole = f"{of.name} by {by.name}"

    def gap_along(direction: Direction) -> float:
        return _gap(direction, means.differences(direction), of, slopes)

    try:
        by = _halved(by, means.inputs, gap_along)
        found = means.differences(by)
    except CheckError:  # differences along a part need not settle: the whole is wrong enough
        return wrong

    def gap_for(cotangent: Direction) -> float:
        return _gap(by, found, cotangent, means.gradient(cotangent))

    single = _halved(of, means.outputs, gap_for)
    for cotangent in (single, of):
        for each in means.judge(by, found, cotangent, means.gradient(cotangent)):
            return each._replace(whole=whole)
    return wrong


def _gap(by: Direction, found: Range, of: Direction, slopes: Array) -> float:
    """How far the gradient's derivative is from the nearest that is right."""
    weights, numbers = of.flat(), by.flat()
    ends = np.stack([weights * found.low, weights * found.high])
    with np.errstate(all="ignore"):  # what is not along the direction may be NaN
        analytic = float(slopes[numbers != 0] @ numbers[numbers != 0])
    return analytic - float(np.clip(analytic, ends.min(0).sum(), ends.max(0).sum()))


def _halved(
    direction: Direction, names: Sequence[str], gap: Callable[[Direction], float]
) -> Direction:
    """The element of a direction that has the gap."""
    if direction.element is not None:
        return direction
    numbers = direction.flat()
    places, whole = np.flatnonzero(numbers), gap(direction)
    while len(places) > 1:
        first, second = np.array_split(places, 2)
        half = np.zeros(numbers.size)
        half[first] = numbers[first]
        part = gap(direction.with_numbers(half))
        in_second = np.isfinite(part) and not abs(part) >= abs(whole - part)
        places, whole = (second, whole - part) if in_second else (first, part)
    return direction.single(names, int(places[0]))
