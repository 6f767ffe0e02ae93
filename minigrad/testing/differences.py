"""What is the derivative of a function at a point, judged from its values around it?

Central differences over shrinking steps are extrapolated to step 0 (Richardson's method). Among
the extrapolations the one that differs least from its neighbours is taken (Ridders' choice), and
that difference is its error. At a kink the derivatives from the two sides differ: any number
between them is accepted, as any is a subgradient.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..tensor import Array

LEVELS, SHRINK = 6, 4.0  # how many steps are tried, and how much smaller each next one is
EPS = float(np.finfo(np.float64).eps)
UNSETTLED = 1e-3  # a relative error beyond which differences say nothing
SAFETY = 2.0


def derivative_range(
    value: Callable[[float], Array], step: float, magnitude: float
) -> tuple[Array, Array]:
    """The least and the most that each derivative of `value` at 0 can be.

    Parameters
    ----------
    value : function of a distance, giving a vector
    step : the largest step
    magnitude : of the numbers that `value` adds the distance to; they round
    """
    steps = step / SHRINK ** np.arange(LEVELS)[:, None]  # (LEVELS, 1)
    with np.errstate(all="ignore"):
        centre = value(0.0)
        ahead = np.stack([value(float(each)) - centre for each in steps[:, 0]]) / steps
        behind = np.stack([centre - value(-float(each)) for each in steps[:, 0]]) / steps
        central = (ahead + behind) / 2
        rounding = 4 * EPS / steps * (np.abs(centre) + magnitude * np.abs(central))
    middle, error = _extrapolated(central, SHRINK**2, rounding)
    right, right_error = _extrapolated(ahead, SHRINK, rounding)
    left, left_error = _extrapolated(behind, SHRINK, rounding)
    one_sided = right_error + left_error
    kink = np.abs(right - left) > 10 * one_sided + 1e-6 * (1 + np.abs(right) + np.abs(left))
    error = SAFETY * np.where(kink, one_sided, error)
    relative = error / (1 + np.abs(middle) + np.abs(centre))
    if not np.all(relative <= UNSETTLED):
        worst = int(np.argmax(np.nan_to_num(relative, nan=np.inf)))
        raise AssertionError(
            f"differences of element {worst} of the outputs do not settle: {middle[worst]} ± "
            f"{error[worst]:.1e}; is there a jump or the edge of the domain? Try a smaller step"
        )
    low = np.where(kink, np.minimum(right, left), middle) - error
    return low, np.where(kink, np.maximum(right, left), middle) + error


def _extrapolated(estimates: Array, ratio: float, rounding: Array) -> tuple[Array, Array]:
    """The limit and its error, where from step to step errors shrink by powers of the ratio."""
    best, best_error = estimates[-1], np.full(estimates.shape[1:], np.inf)
    column = estimates
    with np.errstate(all="ignore"):
        for power in range(1, len(estimates)):
            factor = ratio**power
            following = (factor * column[1:] - column[:-1]) / (factor - 1)
            gaps = np.maximum(np.abs(following - column[1:]), np.abs(following - column[:-1]))
            errors = np.maximum(gaps, rounding[power:])
            for candidate, error in zip(following, errors, strict=True):
                better = error < best_error
                best = np.where(better, candidate, best)
                best_error = np.where(better, error, best_error)
            column = following
    return best, best_error
