"""How do kernels of float32 compute in float64, at several elements at once, and round once?

Activations multiply, divide and subtract what `elementary` computes: a result rounded to float32
in between would cost a last place, and where terms cancel many. So these functions take a float64
`t` and give a float64. How exact it is, the dtype of `like` decides, which is the kernel's: for a
float32 within 2^-31 of its value, by the range reduction and the polynomials of `elementary` and
two more; for a float64 to its last places, as `elementary_float64` and `logarithms_float64` do.

**The normal distribution.** erfc(z) e^(z²) / u is smooth in u = 2 / (2 + z), which brings z >= 0
to 0 < u <= 1 (the substitution of W. H. Press et al., Numerical Recipes, section 6.2.2).

**Logarithms.** log m = 2 artanh(s) with s = (m - 1) / (m + 1), which is odd, and so s times a
polynomial in s². It serves for |s| <= 1/3: for log(1 + e^t), t <= 0, where m = 1 + e^t <= 2, and
for log t = k log 2 + log m, where t = 2^k m and m lies between √½ and √2. Where 1 + t is t's
neighbour and k is 0, log(1 + t) takes m - 1 = t as it is, which 1 + t has rounded.

Both polynomials interpolate at Chebyshev's nodes, found in 40-digit arithmetic; they are off by at
most 1.1e-10 = 2^-33.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import elementary_float64, logarithms_float64
from .elementary import power_and_growth_within
from .intrinsics import bits_of, exactly_there, is_float32, multiply_add
from .native import float_from_bits

LARGEST = 700.0  # e^700 and e^-700 are float64s far beyond the range of float32
SQRT_HALF = math.sqrt(0.5)
BITS_OF_SQRT_HALF = int(np.float64(SQRT_HALF).view(np.int64))
LN_2 = math.log(2)
DENSITY_AT_0 = 1 / math.sqrt(2 * math.pi)

# erfc(z) e^(z²) / u, the highest power of u first.
ERFC = (
    -0.0051422406954033445, 0.0051166409566975515, 0.11747399227071793, -0.5243008909248994,
    1.0081175984119588, -1.0007806686498635, 0.5083934522123444, -0.23291257786976852,
    0.1473492216157823, 0.16429460692058365, 0.24830283373193615, 0.28198993681399637,
    0.2820980951427151,
)  # fmt: skip

# artanh(s) / s, the highest power of s² first.
ARTANH = (
    0.12196954042011512, 0.10699280253339272, 0.14310103704218619, 0.19999355623431167,
    0.33333339513216986, 0.9999999999045031,
)  # fmt: skip


@exactly_there  # type: ignore[untyped-decorator]
def _clamped(t: Any) -> Any:
    """t within ±700; NaN stays NaN."""
    at_least = -LARGEST if t < -LARGEST else t
    return LARGEST if at_least > LARGEST else at_least


@exactly_there  # type: ignore[untyped-decorator]
def exp(t: Any, like: Any) -> Any:
    """e^t; for a float32 0 below -700 and infinity above 700."""
    if not is_float32(like):
        return elementary_float64.exp(t)
    power, growth = power_and_growth_within(_clamped(t))
    result = multiply_add(power, growth, power)
    result = 0.0 if t < -LARGEST else result
    return math.inf if t > LARGEST else result


@exactly_there  # type: ignore[untyped-decorator]
def exp_of_falling(t: Any, like: Any) -> Any:
    """e^t for a t that is not above 0; for a float32 0 below -700."""
    if not is_float32(like):
        return elementary_float64.exp(t)
    power, growth = power_and_growth_within(-LARGEST if t < -LARGEST else t)
    result = multiply_add(power, growth, power)
    return np.float64(0.0) if t < -LARGEST else result


@exactly_there  # type: ignore[untyped-decorator]
def expm1(t: Any, like: Any) -> Any:
    """e^t - 1 without cancellation near 0; for a float32 infinity above 700."""
    if not is_float32(like):
        return elementary_float64.expm1(t)
    power, growth = power_and_growth_within(_clamped(t))
    result = math.copysign(multiply_add(power, growth, power - 1.0), t)
    return math.inf if t > LARGEST else result


@exactly_there  # type: ignore[untyped-decorator]
def sigmoid(t: Any, like: Any) -> Any:
    """1 / (1 + e^-t), exactly 0 at -infinity."""
    if not is_float32(like):
        return elementary_float64.sigmoid(t)
    return 1.0 / (1.0 + exp(-t, like))


@exactly_there  # type: ignore[untyped-decorator]
def tanh(t: Any, like: Any) -> Any:
    """The hyperbolic tangent: odd, exactly ±1 at ±infinity."""
    if not is_float32(like):
        return elementary_float64.tanh(t)
    falling = expm1(-2.0 * abs(t), like)
    return math.copysign(falling / (falling + 2.0), t)


@exactly_there  # type: ignore[untyped-decorator]
def log_of_1_plus_exp(t: Any, rest: Any, like: Any) -> Any:
    """log(1 + e^(t + rest)), whether that is nearly e^t or nearly t.

    The rest is what rounding has lost of t. Of a float32 nothing is lost that would count.
    """
    decay = exp_of_falling(-abs(t), like)
    if is_float32(like):
        result = _twice_artanh(decay / (2.0 + decay))
    else:
        result = logarithms_float64.log1p(multiply_add(decay, -rest if t > 0 else rest, decay))
    return result + (t if t > 0 else 0.0)


@exactly_there  # type: ignore[untyped-decorator]
def _twice_artanh(s: Any) -> Any:
    """2 artanh(s) for |s| up to a third."""
    polynomial = ARTANH[0]
    for coefficient in ARTANH[1:]:
        polynomial = multiply_add(s * s, polynomial, coefficient)
    return 2.0 * s * polynomial


@exactly_there  # type: ignore[untyped-decorator]
def _log(t: Any, from_1: Any) -> Any:
    """log t for a t above 0, of which t - 1 is known: the same unless t has been rounded."""
    bits = bits_of(t)
    k = (bits - BITS_OF_SQRT_HALF) >> 52
    m = float_from_bits(bits - (k << 52))
    s = (from_1 if k == 0 else m - 1.0) / (m + 1.0)
    return multiply_add(k, LN_2, _twice_artanh(s))


@exactly_there  # type: ignore[untyped-decorator]
def log(t: Any, like: Any) -> Any:
    """log t, for a finite t that is not below 0: -infinity at 0."""
    if not is_float32(like):
        return logarithms_float64.log(t)
    result = _log(t, t - 1.0)
    return -math.inf if t == 0 else result


@exactly_there  # type: ignore[untyped-decorator]
def log1p(t: Any, like: Any) -> Any:
    """log(1 + t), for a t that is not below 0."""
    if not is_float32(like):
        return logarithms_float64.log1p(t)
    result = _log(1.0 + t, t)
    return result if t < math.inf else t


@exactly_there  # type: ignore[untyped-decorator]
def log_of_complement(t: Any, like: Any) -> Any:
    """log(1 - t), for a t between 0 and 1: -t near 0, -infinity at 1."""
    if not is_float32(like):
        return logarithms_float64.log_of_complement(t)
    result = _log(1.0 - t, -t)
    return -math.inf if t == 1 else result


@exactly_there  # type: ignore[untyped-decorator]
def _erfc_polynomial(u: Any) -> Any:
    """The polynomial with the coefficients ERFC, by pairs and pairs of pairs (Estrin's scheme).

    In turn each step waits for the one before: GELU takes 3.8 ns an element so, and 2.9 by pairs,
    on one core of an AMD EPYC of the Zen 2 family.
    """
    square = u * u
    fourth = square * square
    quads = (
        _quad(u, square, ERFC[1:5]),
        _quad(u, square, ERFC[5:9]),
        _quad(u, square, ERFC[9:13]),
    )
    upper = multiply_add(fourth, ERFC[0], quads[0])
    lower = multiply_add(fourth, quads[1], quads[2])
    return multiply_add(fourth * fourth, upper, lower)


@exactly_there  # type: ignore[untyped-decorator]
def _quad(u: Any, square: Any, coefficients: Any) -> Any:
    upper = multiply_add(u, coefficients[0], coefficients[1])
    return multiply_add(square, upper, multiply_add(u, coefficients[2], coefficients[3]))


@exactly_there  # type: ignore[untyped-decorator]
def normal(t: Any, like: Any) -> Any:
    """The standard normal distribution at t: the probability of less, and the density."""
    falling = -0.5 * t * t
    decay = exp_of_falling(falling, like)
    if is_float32(like):
        decay = 0.0 if falling < -LARGEST else decay  # t may be infinite, and times it NaN then
        u = 2.0 / (2.0 + SQRT_HALF * abs(t))
        tail = 0.5 * decay * u * _erfc_polynomial(u)
        probability = tail if t < 0 else 1.0 - tail
    else:
        probability = 0.5 * math.erfc(-SQRT_HALF * t)
    return probability, DENSITY_AT_0 * decay
