"""Functions of one number and their slopes: in float64 for many numbers, in mpmath for a few.

What stands in float64 is right to some units of its last place, which is nothing beside float32's;
`tests/compare/references/test_scalars.py` holds it against mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from ..judging.judge import Array

DIGITS = 60


@dataclass(frozen=True)
class Scalar:
    """A function: as users call it, in float64, and in mpmath; the slope in the latter two."""

    call: Callable[[Any, Any], Any]  # of a library and a tensor
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    exact: Callable[[Any], Any]
    exact_slope: Callable[[Any], Any]


def logistic(x: Array) -> Array:
    decay = np.exp(-np.abs(x))
    return np.where(x < 0, decay, 1) / (1 + decay)


def logistic_slope(x: Array) -> Array:
    decay = np.exp(-np.abs(x))
    return decay / (1 + decay) ** 2


def exact_logistic(x: Any) -> Any:
    return 1 / (1 + mpmath.exp(-x))


FUNCTIONS = {
    "relu": Scalar(
        lambda library, x: library.relu(x),
        lambda x: np.where(x < 0, 0, x),
        lambda x: np.where(x <= 0, 0.0, 1.0),  # 1 at NaN, as PyTorch has it
        lambda x: x if x > 0 else mpmath.mpf(0),
        lambda x: mpmath.mpf(1 if x > 0 else 0),
    ),
    "elu": Scalar(
        lambda library, x: library.nn.functional.elu(x),
        lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
        lambda x: np.where(x > 0, 1, np.exp(np.minimum(x, 0))),
        lambda x: x if x > 0 else mpmath.expm1(x),
        lambda x: mpmath.mpf(1) if x > 0 else mpmath.exp(x),
    ),
    "sigmoid": Scalar(
        lambda library, x: library.sigmoid(x),
        logistic,
        logistic_slope,
        exact_logistic,
        lambda x: exact_logistic(x) * exact_logistic(-x),
    ),
    "exp": Scalar(lambda library, x: library.exp(x), np.exp, np.exp, mpmath.exp, mpmath.exp),
    "tanh": Scalar(
        lambda library, x: library.tanh(x),
        np.tanh,
        lambda x: 4 * logistic_slope(2 * x),
        mpmath.tanh,
        lambda x: mpmath.sech(x) ** 2,
    ),
    "expm1": Scalar(
        lambda library, x: library.expm1(x), np.expm1, np.exp, mpmath.expm1, mpmath.exp
    ),
}


def exact_error(result: float, x: float, function: Callable[[Any], Any], spacing: float) -> float:
    """The distance of a finite result from the value at a finite number, in units of a spacing."""
    with mpmath.workdps(DIGITS):
        distance = abs(mpmath.mpf(result) - function(mpmath.mpf(x)))
        return float(distance / mpmath.mpf(spacing))
