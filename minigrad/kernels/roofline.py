"""What can one core of this machine do at best? Measured once per process, in a fifth of a second.

A kernel that moves so many bytes and does so many operations takes at least the time in which
the memory moves the bytes, and at least that in which the core does the operations. Which of the
two is the longer depends on the operations per byte, and their ratio draws a roof: S. Williams,
A. Waterman & D. Patterson, "Roofline: an insightful visual performance model for multicore
architectures", Communications of the ACM 52(4), 2009.

*Bytes* come from whatever cache holds all that a kernel works on, so the rate of a copy is
measured for working sets of several sizes. (What only reads may be somewhat faster.)
*Operations* are multiply-adds of as many vectors as keep the core busy, none waiting for another:
two operations for each element. What runs on several cores, as BLAS does, may be ahead of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import machine
from .flops import count_flops
from .kernel import Flat, Kernel, ScalarOfFloat64, kernel
from .timing import Repeated

SIZES = tuple(1 << power for power in range(14, 27, 2))  # bytes, 16 kB to 64 MB
MOVED = 1 << 20  # bytes, at least, between two looks at the clock
TURNS = 20_000  # multiply-adds with each vector, between two looks at the clock
ROUNDS = 15
VECTOR = 64  # bytes, a cache line; where registers are smaller, it takes several of them
VECTORS = 10  # worked on in turn; a multiply-add takes about 4 cycles, two begin in each


class Bound(NamedTuple):
    """The least time for some work, and what it is spent on."""

    seconds: float
    by: str  # "memory" or "arithmetic"


class Roofline(NamedTuple):
    """The limits of one core."""

    sizes: tuple[int, ...]  # bytes worked on
    bytes_per_second: tuple[float, ...]  # of each size
    flops_per_second: dict[str, float]  # of each dtype

    def bandwidth(self, nbytes: int) -> float:
        """Bytes moved in a second if so many are worked on: between sizes, what lies between."""
        sizes = np.log2(self.sizes)
        return float(np.interp(np.log2(max(nbytes, 1)), sizes, self.bytes_per_second))

    def bound(self, nbytes: int, flops: int | None, dtype: str) -> Bound:
        """The least time in which so much can be done."""
        moving = nbytes / self.bandwidth(nbytes)
        peak = self.flops_per_second.get(dtype, self.flops_per_second["float64"])
        calculating = (flops or 0) / peak
        if calculating > moving:
            return Bound(calculating, "arithmetic")
        return Bound(moving, "memory")


@kernel(writes=("out",), flops=0)
def copy(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i]


@intrinsic  # type: ignore[untyped-decorator]
def multiply_adds(typing_context: Any, factor: Any, turns: Any) -> Any:
    """So many turns of v = v · factor + factor, for each of VECTORS vectors. Gives one element."""
    lanes = 8 * VECTOR // factor.bitwidth

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(context.get_value_type(factor), lanes)
        name = f"llvm.fmuladd.v{lanes}f{factor.bitwidth}"
        function = ir.FunctionType(vector, [vector] * 3)
        fmuladd = cgutils.get_or_insert_function(builder.module, function, name)
        factors = ir.Constant(vector, ir.Undefined)
        for lane in range(lanes):
            factors = builder.insert_element(factors, arguments[0], ir.IntType(32)(lane))
        starts = [ir.Constant(vector, [float(k)] * lanes) for k in range(VECTORS)]  # all different
        vectors = [cgutils.alloca_once_value(builder, start) for start in starts]
        with cgutils.for_range(builder, arguments[1]):
            for each in vectors:
                builder.store(builder.call(fmuladd, [builder.load(each), factors, factors]), each)
        total = builder.load(vectors[0])
        for each in vectors[1:]:
            total = builder.fadd(total, builder.load(each))
        return builder.extract_element(total, ir.IntType(32)(0))

    return factor(factor, types.int64), generate


@kernel(
    writes=("out",),
    flops=lambda out, turns: 2 * VECTORS * (VECTOR // out.itemsize) * int(turns),
)
def calculate(out: Flat, turns: ScalarOfFloat64) -> None:
    out[0] = multiply_adds(out[0], int(turns))


@cache
def roofline() -> Roofline:
    """The limits of one core of this machine."""
    rates = []
    for size in SIZES:
        rates.append(size / _fastest(copy, _halves(size), max(1, MOVED // size)))
    peaks = {}
    for dtype in ("float32", "float64"):
        operands = np.full(1, 0.5, dtype), float(TURNS)
        done = count_flops(calculate, operands)
        assert done is not None
        peaks[dtype] = done / _fastest(calculate, operands, 1)
    return Roofline(SIZES, tuple(rates), peaks)


def _halves(size: int) -> tuple[Any, Any]:
    """Two arrays in one piece of memory, both at multiples of a cache line."""
    memory = np.ones(size + VECTOR, np.uint8)  # written, or there would be no memory yet
    start = -memory.ctypes.data % VECTOR
    numbers = memory[start : start + size].view(np.float32)
    return numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]


def _fastest(kernel: Kernel, operands: tuple[Any, ...], times: int) -> float:
    """The least seconds of one launch in several rounds: a limit is what is possible."""
    dtype = operands[0].dtype
    slots = np.zeros(kernel.packed_words, np.int64)
    machine.pack(kernel.entry(dtype), id(operands), slots.ctypes.data)
    repeated = Repeated(kernel.address(dtype), slots.ctypes.data, times)
    return min(repeated.seconds() for _ in range(ROUNDS))
