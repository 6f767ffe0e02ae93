"""Is a gradient of float32 as near to that of float64 as rounding lets it be?

The float64 gradient was held against differences; here it is the truth. How far rounding takes a
float32 gradient from it depends on the function: the float64 gradient is computed again with
inputs and cotangents that are moved by one rounding of float32, at random, and what changes is the
measure. A backward stable computation is off by some of these.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..tensor import Array
from .directions import Direction
from .findings import Findings, Wrong
from .subjects import Subject

EPS = float(np.finfo(np.float32).eps)
SUBNORMAL = float(np.finfo(np.float32).smallest_subnormal)
ROUNDINGS = 16  # as many are allowed, of the result and of what comes in
TRIALS = 4


def compare_rounded(
    subject: Subject,
    cotangents: Sequence[Direction],
    exact: Sequence[Sequence[Array]],
    generator: np.random.Generator,
    findings: Findings,
) -> None:
    """Hold the gradient as it is, in float32, against the one in float64."""
    findings.float32 = True
    point = subject.point()
    for cotangent, truths in zip(cotangents, exact, strict=True):
        rounded = subject.products(cotangent.arrays)
        moved = [_moved_products(subject, point, cotangent, generator) for _ in range(TRIALS)]
        weight = max(float(np.abs(each).max(initial=0.0)) for each in cotangent.arrays)
        # Where 1 - y² is left of a y near 1, it is a rounding of 1 that shows.
        floor = EPS * weight * findings.size + SUBNORMAL
        for k, (mine, truth) in enumerate(zip(rounded, truths, strict=True)):
            change = np.max([np.abs(each[k] - truth) for each in moved], axis=0)
            allowed = ROUNDINGS * (change + EPS * np.abs(truth) + floor)
            with np.errstate(all="ignore"):
                right = (np.abs(mine - truth) <= allowed) | (mine == truth.astype(mine.dtype))
            findings.count += mine.size
            for index in np.argwhere(~right).tolist():
                at = tuple(index)
                by = f"{subject.names[k]} at {at}" if at else subject.names[k]
                computed, exact_one, off, may = [
                    float(each[at]) for each in (mine, truth, change, allowed)
                ]
                wrong = Wrong(cotangent.name, by, computed, exact_one, off, may, dtype="float32")
                findings.wrong.append(wrong)


def _moved_products(
    subject: Subject,
    point: Sequence[Array],
    cotangent: Direction,
    generator: np.random.Generator,
) -> list[Array]:
    """Products of the float64 gradient where everything is off by one rounding of float32."""

    def moved(array: Array) -> Array:
        signs = generator.choice([-1.0, 1.0], array.shape)
        return np.asarray(array.astype(np.float64) * (1 + EPS * signs))

    with subject.widened(), subject.at([moved(each) for each in point]):
        return subject.products([moved(each) for each in cotangent.arrays])
