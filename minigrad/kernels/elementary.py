"""How do kernels compute exp, expm1 and sigmoid: fast, and right to the last place?

A kernel calls these on one element; LLVM inlines them and works on as many elements at once as
the processor's vectors hold. It could not do so with the C library's `exp`, a call per element.

>>> import numba, numpy as np
>>> from minigrad.kernels.elementary import expm1
>>> @numba.njit(error_model="numpy")
... def kernel(x, out):
...     for i in range(x.size):
...         out[i] = expm1(x[i])
>>> x = np.array([-np.inf, -0.0, 1.0], np.float32)
>>> out = np.empty_like(x)
>>> kernel(x, out)
>>> out
array([-1.       , -0.       ,  1.7182819], dtype=float32)

**Range reduction.** No polynomial follows e^x over all its range, but one does near 0. So
take out the powers of two (W. J. Cody and W. Waite, Software Manual for the Elementary
Functions, 1980): with k = round(x / ln 2) and r = x - k ln 2,

    e^x = 2^k e^r,   where |r| <= ln(2)/2 = 0.35.

2^k costs nothing: k only has to be written into the exponent bits of a float. e^r - 1, here
called *growth*, is a polynomial of degree 7. Then

    exp(x) = 2^k + 2^k growth        expm1(x) = 2^k growth - (1 - 2^k)

and close to 0, where k = 0, expm1 is growth itself: nothing cancels.

**Float64 inside.** x - k ln 2 does cancel. Cody and Waite split ln 2 into two constants to save
the lost digits. Here a float32 is widened instead, and rounded once, at the end, to a result
that may be subnormal or infinite by then. What was lost lies beyond 2^-20 of a float32's last
place. Only half as many elements fit into a vector: measured, 1.6 times the time of a split in
float32, whose exp is off by up to 1.01 units in the last place and its sigmoid by 2.20.

**Measured**, over all 2^32 float32 values, in units in the last place of the exact result
(0.5 is the best possible), and time per element in an array of 32768, on one core of an AMD
EPYC of the Zen 4 family (AVX-512, 2.6 GHz), beside PyTorch 2.13 on the same core:

    exp      0.5012    0.44 ns   PyTorch 0.84 ns   the C library's, in a Numba loop: 2.3 ns
    expm1    0.5046    0.44 ns   PyTorch 1.22 ns
    sigmoid  0.5012    0.62 ns   PyTorch 0.42 ns

All three are monotonic. A result depends on the value alone, not on its place in an array:
every operation used rounds alike in a vector and in a scalar.

float64 takes the C library's functions, a call per element: 4 ns for exp and sigmoid, 9 ns for
expm1. There exp and expm1 are off by at most about 1 unit in the last place, sigmoid by 2.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core.errors import TypingError
from numba.extending import intrinsic

from .inner import inner

# Beyond ±104, e^x rounds to 0 or infinity in float32, and in float64 it does neither yet.
LIMIT = np.float32(104.0)

LOG2_E = 1 / math.log(2)
MINUS_LN_2 = -math.log(2)

# Floats near 1.5 * 2^52 are 1 apart, so adding this to x / ln 2 rounds it to the integer k and
# leaves k + 1023 in the lowest bits: 2^k's exponent field, which is stored with 1023 added.
ROUNDER = 1.5 * 2.0**52 + 1023

# growth = r + C2 r^2 + ... + C7 r^7. Found by Remez' exchange algorithm in 50-digit arithmetic,
# which makes the largest relative error of growth over |r| <= ln(2)/2 as small as degree 7
# allows: 2.4e-10 = 2^-32. (One degree less has 2^-26: 0.72 units in the last place.)
C2 = 0.5000000044163463
C3 = 0.16666666370473207
C4 = 0.041666360914786024
C5 = 0.008333389366811531
C6 = 0.0013940627229761218
C7 = 0.000198458789299143

# A function without options of its own takes over those of whichever kernel is compiled first.
# A kernel's fast-math flags would delete ROUNDER, the sign of expm1(-0.0) and NaN.
exactly = inner(fastmath=False, error_model="numpy")
# The same, as part of whoever calls it: the only way in which functions can be given to a function
# without that the machine code holds their addresses, which another process could not read back.
exactly_there = inner(fastmath=False, error_model="numpy", forceinline=True)


@intrinsic  # type: ignore[untyped-decorator]
def is_float32(typing_context: Any, x: Any) -> Any:
    """Whether x is float32: a constant, so that LLVM drops the branch of the other dtype."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.get_constant(types.boolean, signature.args[0] == types.float32)

    return types.boolean(x), generate


@intrinsic  # type: ignore[untyped-decorator]
def rounded_like(typing_context: Any, x: Any, value: Any) -> Any:
    """The float64 value in the dtype of x, which Python has no expression for."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.cast(builder, arguments[1], types.float64, signature.return_type)

    if x not in (types.float32, types.float64):
        raise TypingError(f"exp, expm1 and sigmoid take a float32 or a float64, got {x}")
    return x(x, types.float64), generate


@intrinsic  # type: ignore[untyped-decorator]
def multiply_add(typing_context: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, one instruction where the processor has it, two where not, never a call.

    Of three float32 a float32, of anything else a float64. Which of the two it is changes the
    last bits: where exp and its like use it those of a float64, far below those of a float32.
    """
    return _of_three("llvm.fmuladd", a, b, c)


@intrinsic  # type: ignore[untyped-decorator]
def fused_multiply_add(typing_context: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once: by a call of the C library where the processor cannot."""
    return _of_three("llvm.fma", a, b, c)


def _of_three(name: str, a: Any, b: Any, c: Any) -> Any:
    kind = types.float32 if a == b == c == types.float32 else types.float64

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        native = context.get_value_type(kind)
        function = ir.FunctionType(native, [native] * 3)
        llvm = builder.module.declare_intrinsic(name, [native], function)
        return builder.call(llvm, arguments)

    return kind(kind, kind, kind), generate


@intrinsic  # type: ignore[untyped-decorator]
def power_of_two(typing_context: Any, rounded: Any) -> Any:
    """2^k from k + ROUNDER, by moving its lowest bits up to the exponent field's place."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        integer = ir.IntType(64)
        bits = builder.bitcast(arguments[0], integer)
        return builder.bitcast(builder.shl(bits, integer(52)), ir.DoubleType())

    return types.float64(types.float64), generate


@intrinsic  # type: ignore[untyped-decorator]
def bits_of(typing_context: Any, value: Any) -> Any:
    """A float64's bit pattern as an integer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@exactly  # type: ignore[untyped-decorator]
def power_and_growth(x: Any) -> Any:
    """2^k and e^r - 1, where e^x = 2^k e^r, for a float32 x. NaN gives NaN."""
    at_least = -LIMIT if x < -LIMIT else x
    return power_and_growth_within(np.float64(LIMIT if at_least > LIMIT else at_least))


@exactly  # type: ignore[untyped-decorator]
def power_and_growth_within(x: Any) -> Any:
    """The same for a float64 within ±700, whose power is a float64 and no subnormal one."""
    rounded = multiply_add(x, LOG2_E, ROUNDER)
    r = multiply_add(rounded - ROUNDER, MINUS_LN_2, x)
    # By pairs (Estrin's scheme), as each step of Horner's would wait for the one before: 0.96 ns
    # for an e^x and 1.14, on one core of an AMD EPYC of the Zen 2 family.
    square = r * r
    first, middle = multiply_add(r, C3, C2), multiply_add(r, C5, C4)
    polynomial = multiply_add(square, multiply_add(r, C7, C6), middle)
    polynomial = multiply_add(square, polynomial, first)
    return power_of_two(rounded), multiply_add(square, polynomial, r)


@exactly  # type: ignore[untyped-decorator]
def exp(x: Any) -> Any:
    """e^x for a float32 or float64, in the same dtype."""
    if is_float32(x):
        power, growth = power_and_growth(x)
        result = multiply_add(power, growth, power)
    else:
        result = math.exp(x)
    return rounded_like(x, result)


@exactly  # type: ignore[untyped-decorator]
def expm1(x: Any) -> Any:
    """e^x - 1 for a float32 or float64, without cancellation near 0; expm1(-0.0) is -0.0."""
    if is_float32(x):
        power, growth = power_and_growth(x)
        # Its sign is x's; of -0.0 the sums have lost it.
        result = math.copysign(multiply_add(power, growth, power - 1.0), np.float64(x))
    else:
        result = math.expm1(x)
    return rounded_like(x, result)


@exactly  # type: ignore[untyped-decorator]
def sigmoid(x: Any) -> Any:
    """1 / (1 + e^-x) for a float32 or float64.

    float32 is exactly 1 from 17.33, subnormal below -87.34 and 0 below -103.97: the exact
    value's roundings. (PyTorch gives 1 from 16.64 and 0 from -88.73 on.)
    """
    if is_float32(x):
        power, growth = power_and_growth(-x)
        result = 1.0 / (1.0 + multiply_add(power, growth, power))
    else:
        decay = math.exp(-abs(x))  # at most 1, where exp(-x) would overflow
        result = (decay if x < 0 else 1.0) / (1.0 + decay)
    return rounded_like(x, result)


@exactly  # type: ignore[untyped-decorator]
def add_compensated(total: Any, correction: Any, addend: Any) -> Any:
    """A sum and what rounding has lost of it so far, with one more addend (Neumaier, 1974)."""
    sum = total + addend
    if abs(total) >= abs(addend):
        correction += (total - sum) + addend
    else:
        correction += (addend - sum) + total
    return sum, correction
