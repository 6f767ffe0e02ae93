"""What do kernels need of the processor that Python has no expression for?

And `exactly`, which declares a function whose roundings nobody may change.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core.errors import TypingError
from numba.extending import intrinsic

from .inner import inner

# Floats near 1.5 * 2^52 are 1 apart, so adding this to a number rounds it to an integer k and
# leaves k + 1023 in the lowest bits: 2^k's exponent field, which is stored with 1023 added.
ROUNDER = 1.5 * 2.0**52 + 1023
ROUNDER_OF_FLOAT32 = 1.5 * 2.0**23 + 127  # for the same in float32

# A function without options of its own takes over those of whichever kernel is compiled first.
# A kernel's fast-math flags would delete ROUNDER, the sign of expm1(-0.0) and NaN.
exactly = inner(fastmath=False, error_model="numpy")
# The same, as part of whoever calls it. So are functions of a number, which LLVM might find too
# long for that: a loop that calls one has no vectors (expm1 of float64 6.0 ns instead of 0.9). It
# is also the only way in which functions can be given to a function without that the machine code
# holds their addresses, which another process could not read back.
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
    """2^k from k + ROUNDER, by moving its lowest bits up to the exponent field's place.

    Of a float32, from k + ROUNDER_OF_FLOAT32, a float32; of anything else a float64.
    """
    kind = types.float32 if rounded == types.float32 else types.float64
    digits = 23 if kind == types.float32 else 52

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        integer = ir.IntType(kind.bitwidth)
        bits = builder.bitcast(arguments[0], integer)
        native = context.get_value_type(kind)
        return builder.bitcast(builder.shl(bits, integer(digits)), native)

    return kind(kind), generate


@intrinsic  # type: ignore[untyped-decorator]
def bits_of(typing_context: Any, value: Any) -> Any:
    """A float64's bit pattern as an integer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate
