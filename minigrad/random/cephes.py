"""What do PyTorch's vector logarithm, sine and cosine give in float32?

They are those of the Cephes library, with some steps fused. The order of operations decides on
the last bit, so it is kept here step by step. Kernels call them on one element.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels.intrinsics import bits_of, fused_multiply_add
from ..kernels.native import float_from_bits
from .twister import drawing

# Of the powers of what is put in, the highest first.
LOGARITHM = tuple(
    np.float32(each)
    for each in (
        7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
        -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    )
)  # fmt: skip
COSINE = tuple(
    np.float32(each)
    for each in (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
)
SINE = tuple(np.float32(each) for each in (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1))

# log 2 in two parts; the larger one has few bits, so that its multiples are exact.
LOG_2, REST_OF_LOG_2 = np.float32(0.693359375), np.float32(-2.12194440e-4)
# -pi/4 in three parts.
QUARTERS = tuple(
    np.float32(each) for each in (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8)
)
ZERO, ONE, HALF = np.float32(0), np.float32(1), np.float32(0.5)
SQRT_HALF = np.float32(math.sqrt(0.5))
QUARTER_TURNS = np.float32(4 / math.pi)

SIGNIFICAND = 2**52 - 1  # the bits of a float64 below its exponent
EXPONENT_OF_HALF = 1022


@drawing  # type: ignore[untyped-decorator]
def log(x: Any) -> Any:
    """Cephes' logf, for normal x > 0.

    x = m * 2**e with m in [sqrt(1/2), sqrt(2)); log x = log(1 + r) + e * log 2, r = m - 1.
    """
    bits = bits_of(np.float64(x))
    mantissa = np.float32(float_from_bits((bits & SIGNIFICAND) | (EXPONENT_OF_HALF << 52)))
    small = mantissa < SQRT_HALF
    r = (mantissa - ONE) + (mantissa if small else ZERO)
    e = np.float32((bits >> 52) - EXPONENT_OF_HALF - small)
    z = r * r
    y = r * _polynomial(r, LOGARITHM)
    y = fused_multiply_add(y, z, e * REST_OF_LOG_2) - HALF * z
    return (r + y) + e * LOG_2


@drawing  # type: ignore[untyped-decorator]
def sine_cosine(x: Any) -> Any:
    """Cephes' sinf and cosf, for x >= 0.

    The nearest even multiple of pi/4 is taken away in three parts; what is left, r, goes into
    one polynomial for the sine and one for the cosine, which the octant then hands out.
    """
    octant = (np.int32(x * QUARTER_TURNS) + 1) & ~1
    multiple = np.float32(octant)
    r = fused_multiply_add(multiple, QUARTERS[0], x)
    r = fused_multiply_add(multiple, QUARTERS[1], r)
    r = fused_multiply_add(multiple, QUARTERS[2], r)
    z = r * r
    c = z * _polynomial(z, COSINE)
    c = fused_multiply_add(c, z, -HALF * z) + ONE
    s = z * _polynomial(z, SINE)
    s = fused_multiply_add(s, r, r)
    sine, cosine = (c, s) if octant & 2 else (s, c)
    return -sine if octant & 4 else sine, -cosine if (octant + 2) & 4 else cosine


@drawing  # type: ignore[untyped-decorator]
def _polynomial(x: Any, coefficients: Any) -> Any:
    """By Horner's rule with fused steps."""
    value = coefficients[0]
    for i in range(1, len(coefficients)):
        value = fused_multiply_add(x, value, coefficients[i])
    return value
