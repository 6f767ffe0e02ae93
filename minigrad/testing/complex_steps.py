"""What is the derivative of a function that also takes complex numbers?

f(x + ih) = f(x) + ih · f'(x) + …, so the imaginary part of f(x + ih) / h is f'(x) for a tiny h,
without a difference in which digits cancel (Squire & Trapp, 1998). It holds for functions that are
analytic; abs, real parts and comparisons are not. So what it gives counts only where differences
agree with it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np

from ..tensor import Array
from .differences import EPS, Range

STEP = 2.0**-66  # its square, beside 1, is nothing


class NotAnalyticError(Exception):
    """A function refuses complex numbers, or does something else with them."""


def complex_derivative(value: Callable[[complex], Array]) -> Array:
    """The derivatives of `value` at 0."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            found = value(1j * STEP)
    except (TypeError, ValueError, np.exceptions.ComplexWarning) as error:
        raise NotAnalyticError(f"the function takes no complex numbers ({error})") from error
    if found.dtype.kind != "c":
        raise NotAnalyticError("the function gives no complex numbers for complex inputs")
    return found.imag / STEP


def narrowed(found: Range, exact: Array) -> Range:
    """The range that complex steps leave of that from differences."""
    slack = 1e-9 * (np.abs(found.low) + np.abs(found.high))
    if not np.all((found.low - slack <= exact) & (exact <= found.high + slack)):
        raise NotAnalyticError("complex steps disagree with differences: it is not analytic")
    error = 16 * EPS * np.abs(exact)
    return found._replace(
        low=np.where(found.kink, found.low, exact - error),
        high=np.where(found.kink, found.high, exact + error),
        error=np.where(found.kink, found.error, error),
    )
