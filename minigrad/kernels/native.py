"""What native code needs in order to start kernels: memory at an address, calls by address.

Everything here is compiled by Numba and works on plain 64-bit integers. Called from Python are:

- `pack` reads a Python tuple of operands (arrays and floats) straight from the memory of the
  interpreter's objects and writes their addresses and dimensions into *slots*;
- `pack_and_call` does that and starts one kernel on them, `pack_and_call_each` several times;
- `call_kernel` starts a kernel on slots that are filled;
- `data` reads an array's address, where `array.ctypes.data` would cost ten times as much;
- `bind` brings the addresses of a step's arguments to the slots that depend on them;
- `run` walks over a list of packed instructions and calls their kernels, one by one.

Reading the objects natively is a trick, and it pays: `array.ctypes.data` costs 1.4 µs an
operand, `pack` costs 0.4 µs for all operands together. It relies on the layout of CPython's
objects, so `machine.py` tries it once per process; where it does not hold, operands are packed
through NumPy's public attributes instead.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .inner import inner

# Layouts of CPython objects in bytes. A tuple's items follow its header, a float's value ends
# its object, and NumPy's array header is part of its stable binary interface.
TYPE_OFFSET = 8
TUPLE_SIZE_OFFSET = object.__basicsize__
TUPLE_ITEMS_OFFSET = tuple.__basicsize__
FLOAT_VALUE_OFFSET = float.__basicsize__ - 8
ARRAY_DATA_OFFSET = object.__basicsize__
ARRAY_NDIM_OFFSET = ARRAY_DATA_OFFSET + 8
ARRAY_SHAPE_OFFSET = ARRAY_DATA_OFFSET + 16
ARRAY_DTYPE_OFFSET = ARRAY_DATA_OFFSET + 40
ARRAY_FLAGS_OFFSET = ARRAY_DATA_OFFSET + 48
READABLE = 0x101  # C-contiguous and aligned
WRITABLE = READABLE | 0x400
USE = 0x500  # whether it is aligned, and whether it may be written

# An entry describes one kernel for one dtype: a header, then ENTRY_OPERAND words for each operand:
# ndim, address of the dtype object, flags the array must have, bytes of an element.
ENTRY_FUNCTION, ENTRY_SLOTS, ENTRY_OPERANDS, ENTRY_ARRAY_TYPE, ENTRY_FLOAT_TYPE = range(5)
# Where among a call's slots stands how large it is, in bytes, and in how many words, one for each
# dimension; from what size on it is not started here but by several threads (`parts`, `sharing`);
# and the address of their team.
ENTRY_SIZE_OFFSET, ENTRY_SIZE_WORDS, ENTRY_LARGE, ENTRY_TEAM = range(5, 9)
ENTRY_HEADER = 9
OPERAND_NDIM, OPERAND_DTYPE, OPERAND_FLAGS, OPERAND_ITEMSIZE = range(4)
ENTRY_OPERAND = 4
FLAT = -1  # any shape, seen as one row of numbers
SCALAR = -2  # a Python float

# What begins the plan by which a program is brought to a call's arrays; see `relocate`.
PLAN_ARGUMENTS, PLAN_RANGES, PLAN_RELOCATIONS, PLAN_TABLE = range(4)
PLAN_HEADER = 4
TABLE_FUNCTIONS, TABLE_SLOTS, TABLE_DONE = range(3)  # of the tables that `run` reads
APART = -(2**62)  # the distance of two arguments that share no memory
NEVER = 2**63 - 1  # the size from which on a kernel is divided that cannot be
LARGE = -(2**62)  # what `pack_and_call` says of a call that is to be divided
JUMP = 2**40  # from which on a status says where a program goes on

_int64_pointer = ir.IntType(64).as_pointer()


@intrinsic  # type: ignore[untyped-decorator]
def load(typing_context: Any, address: Any) -> Any:
    """The 64-bit integer at an address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.inttoptr(arguments[0], _int64_pointer))

    return types.int64(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def load_int32(typing_context: Any, address: Any) -> Any:
    """The 32-bit integer at an address, widened."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = builder.inttoptr(arguments[0], ir.IntType(32).as_pointer())
        return builder.sext(builder.load(pointer), ir.IntType(64))

    return types.int64(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def store(typing_context: Any, address: Any, value: Any) -> Any:
    """Write a 64-bit integer at an address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[1], builder.inttoptr(arguments[0], _int64_pointer))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def copy_bytes(typing_context: Any, destination: Any, source: Any, count: Any) -> Any:
    """Copy bytes to one address from another."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        destination, source = (builder.inttoptr(each, byte) for each in arguments[:2])
        cgutils.raw_memcpy(builder, destination, source, arguments[2], 1)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def as_pointer(typing_context: Any, address: Any) -> Any:
    """The address as a pointer that `numba.carray` takes."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def float_from_bits(typing_context: Any, bits: Any) -> Any:
    """The float64 whose bit pattern is the given integer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def call_kernel(typing_context: Any, function: Any, slots: Any) -> Any:
    """Call `int64 function(int64* slots)` by its address: a few ns."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kernel_type = ir.FunctionType(ir.IntType(64), [_int64_pointer])
        kernel = builder.inttoptr(arguments[0], kernel_type.as_pointer())
        return builder.call(kernel, [builder.inttoptr(arguments[1], _int64_pointer)])

    return types.int64(types.int64, types.int64), generate


@inner  # type: ignore[untyped-decorator]
def pack(entry: int, operands: int, slots: int) -> int:
    """Write a tuple's operands into slots. Returns 0, or 1 + the position of one that is wrong.

    If their number is, that is 1 + the number there should be.

    An array becomes its address and its dimensions, or its address and its size if the kernel
    sees it flat; a float becomes its bits. `entry`, `operands` and `slots` are addresses.
    """
    count = load(entry + 8 * ENTRY_OPERANDS)
    if load(operands + TUPLE_SIZE_OFFSET) != count:
        return count + 1
    for position in range(count):
        described = entry + 8 * (ENTRY_HEADER + ENTRY_OPERAND * position)
        operand = load(operands + TUPLE_ITEMS_OFFSET + 8 * position)
        ndim = load(described + 8 * OPERAND_NDIM)
        if ndim == SCALAR:
            if load(operand + TYPE_OFFSET) != load(entry + 8 * ENTRY_FLOAT_TYPE):
                return position + 1
            store(slots, load(operand + FLOAT_VALUE_OFFSET))
            slots += 8
            continue
        if load(operand + TYPE_OFFSET) != load(entry + 8 * ENTRY_ARRAY_TYPE):
            return position + 1
        actual_ndim = load_int32(operand + ARRAY_NDIM_OFFSET)
        flags = load_int32(operand + ARRAY_FLAGS_OFFSET)
        wanted = load(described + 8 * OPERAND_FLAGS)
        if (
            load(operand + ARRAY_DTYPE_OFFSET) != load(described + 8 * OPERAND_DTYPE)
            or flags & wanted != wanted
            or (ndim != FLAT and ndim != actual_ndim)
        ):
            return position + 1
        store(slots, load(operand + ARRAY_DATA_OFFSET))
        slots += 8
        shape = load(operand + ARRAY_SHAPE_OFFSET)
        if ndim == FLAT:
            size = 1
            for axis in range(actual_ndim):
                size *= load(shape + 8 * axis)
            store(slots, size)
            slots += 8
        else:
            for axis in range(ndim):
                store(slots, load(shape + 8 * axis))
                slots += 8
    return 0


@inner  # type: ignore[untyped-decorator]
def run(tables: int, first: int, last: int) -> int:
    """Call kernels first to last - 1, each with its own slots, until one reports a status.

    `tables` is the address of three words: the addresses of an array of kernels' addresses and
    of one of their slots', with an element for each instruction, and how many instructions have
    run. Returns 0 or the failing kernel's status. One that is no less than JUMP has done what
    comes before the instruction that it tells.
    """
    functions, slots = load(tables + 8 * TABLE_FUNCTIONS), load(tables + 8 * TABLE_SLOTS)
    instruction = first
    while instruction < last:
        store(tables + 8 * TABLE_DONE, instruction)
        status = call_kernel(load(functions + 8 * instruction), load(slots + 8 * instruction))
        instruction += 1
        if status != 0:
            if status < JUMP:
                return status
            instruction = status - JUMP
    store(tables + 8 * TABLE_DONE, last)
    return 0


@inner  # type: ignore[untyped-decorator]
def pack_and_call(entry: int, operands: int) -> int:
    """Start one kernel on a tuple of operands. A negative result is a wrong operand, or LARGE."""
    slots = load(entry + 8 * ENTRY_SLOTS)
    wrong = pack(entry, operands, slots)
    if wrong:
        return -wrong
    sizes, size = slots + load(entry + 8 * ENTRY_SIZE_OFFSET), 1
    for axis in range(load(entry + 8 * ENTRY_SIZE_WORDS)):
        size *= load(sizes + 8 * axis)
    if size >= load(entry + 8 * ENTRY_LARGE):
        return LARGE
    return call_kernel(load(entry + 8 * ENTRY_FUNCTION), slots)


@inner  # type: ignore[untyped-decorator]
def pack_and_call_each(entry: int, calls: int, count: int) -> int:
    """Start one kernel on each of a tuple of tuples of operands.

    Returns 0, or 1 + the position of the first that failed; those after it were not started.
    """
    for position in range(count):
        if pack_and_call(entry, load(calls + TUPLE_ITEMS_OFFSET + 8 * position)) != 0:
            return position + 1
    return 0


@inner  # type: ignore[untyped-decorator]
def data(array: int) -> int:
    """The address of an array's first element."""
    return load(array + ARRAY_DATA_OFFSET)


@inner  # type: ignore[untyped-decorator]
def bind(arrays: int, plan: int) -> int:
    """Put the addresses of a tuple's arrays into the slots that depend on them.

    Returns 0, or 1 if memory is shared in another way than when the program was recorded.
    """
    table = load(plan + 8 * PLAN_TABLE)
    for position in range(load(arrays + TUPLE_SIZE_OFFSET)):
        store(table + 8 * position, data(load(arrays + TUPLE_ITEMS_OFFSET + 8 * position)))
    return relocate(plan)


@inner  # type: ignore[untyped-decorator]
def relocate(plan: int) -> int:
    """The same for the addresses that stand in the plan's table.

    `plan` is the address of words: how many arguments, fixed ranges and relocations there
    are, and where the table lies; then, for each argument, where its memory begins and ends
    relative to its first element; for each pair of arguments, how far apart they were when
    recorded, or APART; the fixed ranges, begin and end; and the relocations: address of a slot,
    position in the table, byte offset.
    """
    arguments, ranges = load(plan + 8 * PLAN_ARGUMENTS), load(plan + 8 * PLAN_RANGES)
    table = load(plan + 8 * PLAN_TABLE)
    extents = plan + 8 * PLAN_HEADER
    distances = extents + 16 * arguments
    fixed = distances + 8 * arguments * arguments
    relocation = fixed + 16 * ranges
    for i in range(arguments):
        address = load(table + 8 * i)
        begin, end = address + load(extents + 16 * i), address + load(extents + 16 * i + 8)
        for j in range(i):
            other = load(table + 8 * j)
            other_begin = other + load(extents + 16 * j)
            other_end = other + load(extents + 16 * j + 8)
            distance = other - address if begin < other_end and other_begin < end else APART
            if distance != load(distances + 8 * (i * arguments + j)):
                return 1
        for r in range(ranges):
            if begin < load(fixed + 16 * r + 8) and load(fixed + 16 * r) < end:
                return 1
    for _ in range(load(plan + 8 * PLAN_RELOCATIONS)):
        address = load(table + 8 * load(relocation + 8))
        store(load(relocation), address + load(relocation + 16))
        relocation += 24
    return 0
