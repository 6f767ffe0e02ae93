"""What do PyTorch's vector logarithm, sine and cosine give in float32?

They are those of the Cephes library, with some steps fused. The order of operations decides on
the last bit, so it is kept here step by step.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .fused_multiply_add import Term, fused_multiply_add

Array = np.ndarray[Any, Any]


def log(x: Array) -> Array:
    """Cephes' logf, for normal x > 0.

    x = m * 2**e with m in [sqrt(1/2), sqrt(2)); log x = log(1 + r) + e * log 2, r = m - 1.
    """
    mantissa, exponent = np.frexp(x)
    small = mantissa < np.float32(math.sqrt(0.5))
    r = np.where(small, (mantissa - 1) + mantissa, mantissa - 1)
    e = (exponent - small).astype(np.float32)
    z = r * r
    y = r * _polynomial(
        r, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
        -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    )  # fmt: skip
    # log 2 is split in two; its larger part has few bits, so that its multiples are exact.
    y = fused_multiply_add(y, z, e * np.float32(-2.12194440e-4)) - np.float32(0.5) * z
    return np.asarray((r + y) + e * np.float32(0.693359375))


def sine_cosine(x: Array) -> tuple[Array, Array]:
    """Cephes' sinf and cosf, for x >= 0.

    The nearest even multiple of pi/4 is taken away in three parts; what is left, r, goes into
    one polynomial for the sine and one for the cosine, which the octant then hands out.
    """
    octant = ((x * np.float32(4 / math.pi)).astype(np.int32) + 1) & ~1
    multiple, r = octant.astype(np.float32), x
    for part in (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8):
        r = fused_multiply_add(multiple, np.float32(part), r)
    z = r * r
    c = z * _polynomial(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
    c = fused_multiply_add(c, z, np.float32(-0.5) * z) + np.float32(1)
    s = z * _polynomial(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
    s = fused_multiply_add(s, r, r)
    swapped = octant & 2 != 0
    sine, cosine = np.where(swapped, c, s), np.where(swapped, s, c)
    return np.where(octant & 4, -sine, sine), np.where((octant + 2) & 4, -cosine, cosine)


def _polynomial(x: Array, *coefficients: float) -> Array:
    """By Horner's rule with fused steps, the highest power's coefficient first."""
    value: Term = np.float32(coefficients[0])
    for coefficient in coefficients[1:]:
        value = fused_multiply_add(x, value, np.float32(coefficient))
    return np.asarray(value)
