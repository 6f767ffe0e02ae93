"""Is a gradient of float32 as near to that of float64 as rounding lets it be?

The float64 gradient was held against differences; here it is the truth. How far rounding takes a
float32 gradient from it depends on the function: the float64 gradient is computed again with
inputs and cotangents that are moved by one rounding of float32, at random. The most that changes
in any of them is the measure, and the largest gradient. It is not taken element by element: where
terms cancel, as those of a bias before a BatchNorm do, it is the rounding of the terms that shows.
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
    weights = [max(map(_largest, each.arrays), default=0.0) for each in cotangents]
    change, size = 0.0, findings.size  # of the gradients, for a cotangent of 1
    for cotangent, weight, truths in zip(cotangents, weights, exact, strict=True):
        size = max(size, max(map(_largest, truths)) / max(weight, SUBNORMAL))
        for _ in range(TRIALS):
            moved = _moved_products(subject, point, cotangent, generator)
            found = [_largest(one - other) for one, other in zip(moved, truths, strict=True)]
            change = max(change, max(found) / max(weight, SUBNORMAL))
    for cotangent, weight, truths in zip(cotangents, weights, exact, strict=True):
        rounded = subject.products(cotangent.arrays)
        # Where 1 - y² is left of a y near 1, it is a rounding of 1 that shows.
        error = weight * (change + EPS * size) + SUBNORMAL
        for name, mine, truth in zip(subject.names, rounded, truths, strict=True):
            _judge(cotangent.name, name, mine, truth, error, findings)


def _judge(
    of: str, name: str, mine: Array, truth: Array, error: float, findings: Findings
) -> None:
    allowed = ROUNDINGS * (error + EPS * np.abs(truth))
    with np.errstate(all="ignore"):
        right = (np.abs(mine - truth) <= allowed) | (mine == truth.astype(mine.dtype))
    findings.count += mine.size
    for index in np.argwhere(~right).tolist():
        at = tuple(index)
        by = f"{name} at {at}" if at else name
        computed, exact, may = float(mine[at]), float(truth[at]), float(allowed[at])
        findings.wrong.append(Wrong(of, by, computed, exact, error, may, dtype="float32"))


def _largest(array: Array) -> float:
    return float(np.abs(array).max(initial=0.0))


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

    with subject.widened(), subject.moving():
        subject.move([moved(each) for each in point])
        return subject.products([moved(each) for each in cotangent.arrays])
