"""How do kernels compute the powers of a softmax without any float64?

As `elementary` does, with k = round(x / ln 2), r = x - k ln 2 and a polynomial for e^r - 1, but in
float32: sixteen numbers fit into a vector that holds eight float64s. What a float32 has no digits
for is kept beside it:

- ln 2 stands in two parts, of which the first has so few digits that k times it is exact;
- x comes with what rounding has lost of it: it is a score less the largest of its line.

So a power is off by one unit in the last place instead of half of one. Here that suffices: its
quotient by the sum of a line, or the logarithm of that, is no further off than rounding the scores
may make it. Where it would not, powers have more digits: in `elementary`, whose results users see
as they are, and in the gradient of cross entropy, where they may nearly cancel.

**Measured** over all float32 that are not above 0: off by at most 1.01 units in the last place,
and monotonic; in an array of 32768, 0.12 ns an element on one core of an AMD EPYC of the Zen 5
family (AVX-512), through float64 0.24, and PyTorch's exp 0.65.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .intrinsics import ROUNDER_OF_FLOAT32, exactly_there, multiply_add, power_of_two

LEAST = np.float32(-104.0)  # e^x is 0 below
LOG2_E = np.float32(1.4426950408889634)
LN_2_HIGH = np.float32(0.693359375)  # of 9 bits, so that its product with k, of 8, is exact
LN_2_LOW = np.float32(-2.1219444005469057e-4)

# e^r - 1 = r + r² (C2 + C3 r + ... + C6 r⁴), by Remez' exchange algorithm in 40-digit arithmetic:
# off by at most 2^-27.9 of e^r for |r| <= ln(2)/2, rounded as they are.
C2, C3, C4 = np.float32(0.49999993), np.float32(0.1666652), np.float32(0.0416684)
C5, C6 = np.float32(0.008368851), np.float32(0.0013814321)

# e^x is computed 2^32 times as large: so each power of two that is met is a normal number.
LARGER = np.float32(2.0**32)
ROUNDER = np.float32(ROUNDER_OF_FLOAT32 + 32)


@exactly_there  # type: ignore[untyped-decorator]
def exp_of_falling(x: Any, rest: Any) -> Any:
    """e^(x + rest), for an x that is not above 0 and what rounding has lost of it."""
    at_least = LEAST if x < LEAST else x
    rounded = multiply_add(at_least, LOG2_E, ROUNDER)
    k = rounded - ROUNDER
    r = multiply_add(k, -LN_2_LOW, multiply_add(k, -LN_2_HIGH, at_least)) + rest
    # By pairs (Estrin's scheme), as each step of Horner's would wait for the one before.
    square = r * r
    upper = multiply_add(square, multiply_add(r, C6, C5), multiply_add(r, C4, C3))
    growth = multiply_add(square, multiply_add(r, upper, C2), r)
    power = power_of_two(rounded)
    result = multiply_add(power, growth, power) / LARGER
    return np.float32(0.0) if x < LEAST else result  # -infinity has a rest of NaN
