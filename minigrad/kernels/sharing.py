"""How does a kernel have the team's threads share a loop?

`share(body, count, size, operands)` stands for `body(0, count, *operands)`, where `body` is a
compiled function that does what its first two arguments say, from one number to another, in a
loop over rows, channels or blocks. If the work is large, it is called on ranges of `count`, by
the team's threads at the same time. So whatever one turn of the loop writes, no other may read or
write; then no bit depends on how many threads there are. Sums over all of an array are taken
of fixed ranges, and then, in the kernel, of these (`losses/reduction.py`).

>>> import numba, numpy as np
>>> from minigrad.kernels.kernel import Matrix, Vector, kernel
>>> @numba.njit
... def sum_rows(first, last, x, out):
...     for n in range(first, last):
...         out[n] = x[n].sum()
...     return 0
>>> @kernel(writes=("out",), shares="x")
... def row_sums(x: Matrix, out: Vector) -> int:
...     return share(sum_rows, x.shape[0], x.size, (x, out))
>>> x, out = np.ones((5, 3)), np.empty(5)
>>> row_sums(x, out)
>>> out
array([3., 3., 3., 3., 3.])

A body returns a status: 0, or what the kernel then returns; of several, the first in order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .intrinsics import exactly, exactly_there
from .native import call_kernel, load, store
from .team import (
    IN_USE,
    MOST_PARTS,
    SLOTS,
    STATUS,
    THREADS,
    do_together,
    exchange,
    part_of,
    team_address,
)

SIZE_TO_SHARE = 1 << 14  # elements, from which on a loop is shared
PARTS_EACH = 2  # a thread, so that who is held up does fewer
OUT_OF_BOUNDS = -1  # the status of a body that has raised an exception

_int64 = ir.IntType(64)


@exactly_there  # type: ignore[untyped-decorator]
def share(
    body: Callable[..., int],
    count: int,
    size: int,
    operands: tuple[Any, ...],
    calling: Callable[..., Any] | None = None,
) -> int:
    """Call a body on the whole of 0 to count, or on ranges at the same time if `size` is large.

    What it is to call there, if anything, stands before its operands.
    """
    team, function = team_address(), _function(body, operands, calling)
    words = _words(operands)  # the address of the operands, and the range
    parts = min(count, PARTS_EACH * load(team + THREADS), MOST_PARTS)
    if size < SIZE_TO_SHARE or load(team + THREADS) < 2 or parts < 2 or exchange(team + IN_USE, 1):
        store(words + 8, 0)
        store(words + 16, count)
        return _known(call_kernel(function, words))
    for part in range(parts):
        own = part_of(team, part) + SLOTS
        store(own, load(words))
        store(own + 8, count * part // parts)
        store(own + 16, count * (part + 1) // parts)
    do_together(team, function, parts)
    status = 0
    for part in range(parts - 1, -1, -1):
        found = load(part_of(team, part) + STATUS)
        status = found if found else status
    exchange(team + IN_USE, 0)
    return _known(status)


@exactly  # type: ignore[untyped-decorator]
def _known(status: int) -> int:
    if status == OUT_OF_BOUNDS:
        raise IndexError("index is out of bounds")
    return status


@intrinsic  # type: ignore[untyped-decorator]
def _words(typing_context: Any, operands: Any) -> Any:
    """The address of three words on the stack, of which the first is the operands' address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        memory = cgutils.alloca_once_value(builder, arguments[0])
        words = cgutils.alloca_once(builder, ir.ArrayType(_int64, 3))
        first = builder.bitcast(words, _int64.as_pointer())
        builder.store(builder.ptrtoint(memory, _int64), first)
        return builder.ptrtoint(first, _int64)

    return types.int64(operands), generate


@intrinsic  # type: ignore[untyped-decorator]
def _function(typing_context: Any, body: Any, operands: Any, calling: Any) -> Any:
    """The address of an `int64 function(int64* words)` that calls a body on a range."""
    called_there = [calling] if isinstance(calling, types.Dispatcher) else []
    parameters = (types.int64, types.int64, *called_there, *operands.types)
    called = body.get_call_type(typing_context, parameters, {})

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        compiled = body.dispatcher.get_compile_result(called)
        context.add_linking_libs([compiled.library])
        kind = ir.FunctionType(_int64, [_int64.as_pointer()])
        name = f"{compiled.fndesc.mangled_name}.on_a_range"
        function = ir.Function(builder.module, kind, name)
        function.linkage = "internal"
        own = ir.IRBuilder(function.append_basic_block())
        (words,) = function.args
        place, first, last = [own.load(own.gep(words, [_int64(k)])) for k in range(3)]
        held = context.get_value_type(operands)
        values = own.load(own.inttoptr(place, held.as_pointer()))
        each = [context.get_dummy_value() for _ in called_there]  # a function is no value
        each += [own.extract_value(values, k) for k in range(len(operands))]
        native = context.declare_function(own.module, compiled.fndesc)
        status, result = context.call_conv.call_function(
            own, native, called.return_type, called.args, [first, last, *each]
        )
        result = context.cast(own, result, called.return_type, types.int64)
        own.ret(own.select(status.is_error, _int64(OUT_OF_BOUNDS), result))
        return builder.ptrtoint(function, _int64)

    return types.int64(body, operands, calling), generate
