"""Which numbers of a course are drawn, and in how many points?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..judging.judge import Array
from .course import MULTIPLE, Course, Place

POINTS = 100  # about so many in a line


@dataclass(frozen=True)
class Lines:
    """What stands for a course in a drawing; each array is (points,).

    Parameters
    ----------
    steps : the first of those that a point stands for
    deviation : minigrad's largest; NaN where it is 0 or infinite, for an axis of powers of ten
    nearest, furthest : how far PyTorch's variations are from PyTorch
    limit : beyond it a deviation is too large
    """

    steps: Array
    deviation: Array
    nearest: Array
    furthest: Array
    limit: Array


def lines_of(course: Course, parting: Place | None) -> Lines:
    """The largest of the tensors that are shown, at each step or stretch of steps."""
    rows = shown_tensors(course, parting)
    deviation = largest(course.deviation[rows].max(axis=0))
    variations = course.varied[:, rows].max(axis=1)  # (variations, steps)
    furthest = largest(course.yardstick[rows].max(axis=0))
    nearest = np.min([largest(each) for each in variations], axis=0)
    return Lines(
        np.arange(1, course.deviation.shape[1] + 1)[:: stretch(course.deviation.shape[1])],
        np.where((deviation > 0) & np.isfinite(deviation), deviation, np.nan),
        np.maximum(nearest, furthest / 1e3),
        furthest,
        MULTIPLE * furthest,
    )


def shown_tensors(course: Course, parting: Place | None) -> list[int]:
    """The tensor that parted, if a step computes it; otherwise all weights.

    Biases before BatchNorm have gradients of 0 but for rounding, which Adam makes whole steps of:
    they would hide everything else.
    """
    if parting is not None and np.isfinite(parting.ratio):
        return [course.tensors.index(parting.tensor)]
    return [
        row
        for row, name in enumerate(course.tensors)
        if name.endswith(".weight") and " of " not in name
    ]


def stretch(steps: int) -> int:
    """How many steps are one point: a thousand points would be one blot."""
    return max(1, steps // POINTS)


def largest(values: Array) -> Array:
    """The largest value of each stretch of steps."""
    return np.maximum.reduceat(values, np.arange(0, len(values), stretch(len(values))))
