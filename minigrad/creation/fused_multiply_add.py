"""What is a * b + c where it is rounded only once? NumPy rounds the product, and then the sum."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[Any, Any]"
Term: TypeAlias = "Array | np.floating[Any] | float"


def fused_multiply_add(a: Array, b: Term, c: Term) -> Array:
    """a * b + c, rounded once, in the dtype of `a`; in float64 `b` must be a number."""
    if np.ndim(c) == 0 and (c == 0 or (np.ndim(b) == 0 and b == 1) or not np.isfinite(c)):
        return np.asarray(a * b + c)
    if a.dtype == np.float32:
        return _in_float32(a, b, c)
    return _in_float64(a, float(b), np.asarray(c, np.float64))


def _two_sum(a: Term, b: Term) -> tuple[Array, Array]:
    """a + b, and what rounding took from it."""
    total = np.asarray(a + b)
    part = total - a
    return total, np.asarray((a - (total - part)) + (b - part))


def _in_float32(a: Array, b: Term, c: Term) -> Array:
    """Add in float64, where the product is exact; round; put right what was rounded twice.

    Rounding the float64 sum again, to float32, goes wrong only if the sum lies halfway between
    two float32 numbers and the true value beside it. A halfway point has 28 low bits of zeros.
    """
    product = np.multiply(a, b, dtype=np.float64)
    total = np.asarray(product + c)
    if ((total.view(np.int64) & (2**28 - 1)) == 0).any():
        _, lost = _two_sum(product, np.asarray(c, np.float64))
        rounded = total.astype(np.float32)
        mirrored = total + (total - rounded)  # beyond a halfway point: the other neighbour
        wrong = (mirrored.astype(np.float32) == mirrored) & (mirrored != rounded) & (lost != 0)
        if wrong.any():
            total[wrong] = np.nextafter(total[wrong], np.copysign(np.inf, lost[wrong]))
    return total.astype(np.float32)


def _in_float64(a: Array, b: float, c: Array) -> Array:
    """Sum the product's two halves and `c` with the low parts rounded to odd: see
    Boldo and Melquiond, "Emulation of FMA and correctly rounded sums" (2008)."""
    if not 1e-250 < abs(b) < 1e290:  # halves could overflow or vanish
        return np.array([_exactly(x, b, y) for x, y in np.broadcast(a, c)]).reshape(a.shape)
    product = a * b
    a_high, b_high = (x * (2.0**27 + 1) - (x * (2.0**27 + 1) - x) for x in (a, b))
    a_low, b_low = a - a_high, b - b_high
    error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    high, low = _two_sum(c, error)
    total, rest = _two_sum(product, high)
    small, lost = _two_sum(low, rest)
    even = (lost != 0) & (small.view(np.int64) & 1 == 0)
    odd = np.where(even, np.nextafter(small, np.copysign(np.inf, lost)), small)
    return np.asarray(total + odd)


def _exactly(a: float, b: float, c: float) -> float:
    if not (math.isfinite(b) and math.isfinite(c)):
        return a * b + c
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf
