"""What is the derivative of a function at a point, judged from its values around it?

Central differences over shrinking steps are extrapolated to step 0 (Richardson's method). Among
the extrapolations the one that differs least from its neighbours is taken (Ridders' choice), and
that difference is its error. Four steps are enough for most functions; where they do not settle,
two more are tried, and then much smaller ones, of which each output takes those that suit it. At a
kink the derivatives from the two sides differ: any number between them is accepted, as any is a
subgradient.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..tensor import Array
from .failure import CheckError

LEVELS, SHRINK = 6, 4.0  # how many steps are tried, and how much smaller each next one is
FEW = 4  # so many of them first
SCALES, NARROWING = 4, 4096.0  # how often with smaller steps, and how much smaller these are
EPS = float(np.finfo(np.float64).eps)
TINY = float(np.finfo(np.float64).tiny)
SETTLED = 1e-8  # a relative error with which no smaller steps are tried
CERTAIN = 1e-10  # and one with which the first few are enough: ten times as much is allowed anyway
UNSETTLED = 1e-3  # a relative error beyond which differences say nothing
NOTHING = 1e-12  # what noise comes to where numbers near 1 cancel, as in a BatchNorm's sum
SAFETY = 2.0


class Range(NamedTuple):
    """What each derivative can be, and beside what numbers that is much or little."""

    low: Array
    high: Array
    kink: Array  # whether the sides differ
    error: Array  # by which both ends are beyond what was found
    size: float  # of the largest value around, up to 1


class _Samples(NamedTuple):
    steps: Array  # (levels, 1)
    ahead: Array  # (levels, outputs)
    behind: Array


class _Estimate(NamedTuple):
    low: Array
    high: Array
    kink: Array
    error: Array
    relative: Array  # the error, beside the numbers around
    steepest: Array  # the largest slope seen


def derivative_range(
    value: Callable[[float], Array], centre: Array, step: float | None, magnitude: float
) -> Range:
    """The range of each derivative of `value` at 0.

    Parameters
    ----------
    value : function of a distance, giving a vector
    centre : the value at 0
    step : the largest step; None leaves the choice to us
    magnitude : of the numbers that `value` adds the distance to; they round
    """
    largest = max(1 / 16, magnitude * 2.0**-20)
    steps = [largest / NARROWING**k for k in range(SCALES)] if step is None else [step]
    samples = _samples(value, steps[0], range(FEW))
    around = np.abs([centre, *samples.ahead, *samples.behind])
    size = min(1.0, float(np.max(around, where=np.isfinite(around), initial=0.0)))
    nowhere = np.zeros(centre.shape)
    best = _estimate(samples, centre, magnitude, size, nowhere)
    if not _is_settled(best, CERTAIN):
        samples = _joined(samples, _samples(value, steps[0], range(FEW, LEVELS)))
        best = _estimate(samples, centre, magnitude, size, nowhere)
    for each in steps[1:]:
        if _is_settled(best, SETTLED):
            break
        samples = _samples(value, each, range(LEVELS))
        best = _better(best, _estimate(samples, centre, magnitude, size, best.steepest))
    lost = best.relative > UNSETTLED
    if np.any(lost & (best.error > NOTHING)):
        worst = int(np.argmax(best.relative))
        low, high = float(best.low[worst]), float(best.high[worst])
        smaller = "" if step is None else ", or try a smaller step"
        raise CheckError(
            f"differences of element {worst} of the outputs do not settle: "
            f"{(low + high) / 2:.6g} ± {(high - low) / 2:.1e}; is there a jump, the edge of the "
            f"domain, or a computation in float32? Check beside it{smaller}"
        )
    return Range(best.low, best.high, best.kink, best.error, size)


def _is_settled(found: _Estimate, relative: float) -> bool:
    return bool(np.all((found.relative <= relative) | (found.error <= NOTHING)))


def _samples(value: Callable[[float], Array], step: float, levels: range) -> _Samples:
    """Values at shrinking distances to both sides."""
    steps = step / SHRINK ** np.array(levels)[:, None]  # (levels, 1)
    with np.errstate(all="ignore"):
        ahead = np.stack([value(float(each)) for each in steps[:, 0]])
        behind = np.stack([value(-float(each)) for each in steps[:, 0]])
    return _Samples(steps, ahead, behind)


def _joined(one: _Samples, other: _Samples) -> _Samples:
    return _Samples(*[np.concatenate(both) for both in zip(one, other, strict=True)])


def _estimate(
    samples: _Samples, centre: Array, magnitude: float, size: float, steepest: Array
) -> _Estimate:
    """The derivatives by steps of one scale."""
    steps = samples.steps
    with np.errstate(all="ignore"):
        ahead = (samples.ahead - centre) / steps
        behind = (centre - samples.behind) / steps
        central = (ahead + behind) / 2
        values = np.maximum(np.abs(samples.ahead), np.abs(samples.behind))
        values = np.maximum(values, np.abs(centre))
        # Where a step rounds to nothing, slopes are 0: those of larger steps tell what is lost.
        steepest = np.fmax(steepest, np.fmax.reduce(np.abs(central)))
        rounding = 4 * EPS / steps * (values + magnitude * steepest)
    middle, error = _extrapolated(central, SHRINK**2, rounding, steps)
    right, right_error = _extrapolated(ahead, SHRINK, rounding, steps)
    left, left_error = _extrapolated(behind, SHRINK, rounding, steps)
    with np.errstate(all="ignore"):
        one_sided = right_error + left_error
        apart = NOTHING + 1e-6 * (size + np.abs(right) + np.abs(left))
        kink = np.abs(right - left) > 10 * one_sided + apart
        error = SAFETY * np.where(kink, one_sided, error)
        relative = error / (size + np.abs(middle) + 1e-4 * np.abs(centre) + TINY)
    low = np.where(kink, np.minimum(right, left), middle) - error
    high = np.where(kink, np.maximum(right, left), middle) + error
    error, relative = np.nan_to_num([error, relative], nan=np.inf, posinf=np.inf)
    return _Estimate(low, high, kink, error, relative, steepest)


def _better(one: _Estimate, other: _Estimate) -> _Estimate:
    """Of each output the estimate with the smaller error."""
    first = one.error <= other.error
    return _Estimate(*[np.where(first, a, b) for a, b in zip(one, other, strict=True)])


def _extrapolated(
    estimates: Array, ratio: float, rounding: Array, steps: Array
) -> tuple[Array, Array]:
    """The limit and its error, where from step to step errors shrink by powers of the ratio."""
    columns = [estimates]
    with np.errstate(all="ignore"):
        for power in range(1, len(estimates)):
            column, factor = columns[-1], ratio**power
            columns.append((factor * column[1:] - column[:-1]) / (factor - 1))
        # Twice extrapolated, the smallest steps differ by noise alone: that of values, over steps.
        noise = np.fmax.reduce(np.abs(np.diff(columns[2], axis=0))[-2:] * steps[-2:])
        rounding = np.fmax(rounding, noise / steps)
        errors = []
        for power in range(1, len(estimates)):
            column, following = columns[power - 1], columns[power]
            gaps = np.maximum(np.abs(following - column[1:]), np.abs(following - column[:-1]))
            errors.append(np.maximum(gaps, rounding[power:]))
    # What differences cannot tell comes first, for where they tell nothing.
    candidates = np.concatenate([estimates[-1:], *columns[1:]])  # (candidates, outputs)
    nothing = np.full(estimates[-1:].shape, np.inf)
    error = np.nan_to_num(np.concatenate([nothing, *errors]), nan=np.inf, posinf=np.inf)
    best, each = error.argmin(0), np.arange(error.shape[1])
    return candidates[best, each], error[best, each]
