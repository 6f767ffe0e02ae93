"""What is a * b + c where PyTorch rounds it once: in `add` with `alpha`, `addcmul` and `lerp`.

So state and SGD's parameters are PyTorch's to the bit, on a processor that has the instruction.
What divides by a root is not: PyTorch's square root is up to one unit off in the last place.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from ..elementary import exactly


@intrinsic  # type: ignore[untyped-decorator]
def multiply_add(typing_context: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c for three float32 or float64, rounded once where the processor can do that."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = context.get_value_type(signature.return_type)
        function = ir.FunctionType(kind, [kind] * 3)
        fmuladd = builder.module.declare_intrinsic("llvm.fmuladd", [kind], function)
        return builder.call(fmuladd, arguments)

    wide = types.float64 in (a, b, c)
    result = types.float64 if wide else types.float32
    return result(result, result, result), generate


@exactly  # type: ignore[untyped-decorator]
def lerp(start: Any, end: Any, weight: Any, rest: Any) -> Any:
    """The part `weight` of the way from start to end, from the nearer; rest = 1 - weight."""
    if weight < rest:
        return multiply_add(weight, end - start, start)
    return multiply_add(-rest, end - start, end)
