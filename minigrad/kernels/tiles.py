"""What does a matrix product do in the processor's vector registers?

It multiplies *tiles*: some rows of the result, two vectors of each, stay in registers for as long
as there are terms to add. At every term two vectors of B and one number from each row of A are
loaded, for twice as many multiply-adds as there are rows: fewer loads than a processor starts in
that time, and more sums under way than it needs, two at every tick, each ready after four or five.

With AVX-512 there are 32 registers of sixteen float32, and a tile has eight rows. Measured on one
core of an Intel Xeon: 175 Gflop/s. Tiles of 12 or 14 rows, or of three vectors, are no faster, and
waste more where a matrix ends. With AVX2 there are 16 of eight, and a tile has six rows: 105
Gflop/s on one core of an AMD EPYC (family 23, model 49).

Around it are two ways to copy what a tile reads, so that it lies in the order of reading.

Python loops write down LLVM's instructions one after the other, so that each sum is a value of its
own, which LLVM keeps in a register. Arguments are integers: addresses, distances in bytes, and
counts. What is beyond a count is neither read nor written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.core.codegen import get_host_cpu_features
from numba.extending import intrinsic


def has(*features: str) -> bool:
    """Whether kernels are compiled for a processor with these instructions."""
    chosen = config.CPU_FEATURES
    there = (get_host_cpu_features() if chosen is None else chosen).split(",")
    return {f"+{each}" for each in features}.issubset(there)


IS_WIDE = has("avx512f")
HAS_VECTORS = IS_WIDE or has("avx2", "fma")  # or a tile is too large for the registers
LANES = 16 if IS_WIDE else 8
NUMBER = 4  # bytes
LINE = 64  # of the cache
VECTOR = LANES * NUMBER
TILE_ROWS = 8 if IS_WIDE else 6
TILE_VECTORS = 2
TURNED = 8  # rows at a time

_float, _int32, _int64 = ir.FloatType(), ir.IntType(32), ir.IntType(64)
_vector = ir.VectorType(_float, LANES)
_mask = ir.VectorType(ir.IntType(1), LANES)
_places = ir.VectorType(_int32, LANES)  # of numbers in a vector


@intrinsic  # type: ignore[untyped-decorator]
def multiply_tile(
    typing_context: Any, a: Any, a_row: Any, a_step: Any, b: Any, b_step: Any, terms: Any,
    added: Any, added_row: Any, out: Any, out_row: Any, rows: Any, columns: Any,
) -> Any:  # fmt: skip
    """Write a tile of A · B + `added`, or of A · B if `added` is no address but 0.

    A term's numbers of A are `a_row` apart, those of B one vector after the other; from term to
    term it is `a_step` and `b_step`. The tile may have fewer rows and columns.
    """

    def generate(builder: Any, *arguments: Any) -> None:
        a, a_row, a_step, b, b_step, terms, added, added_row, out, out_row, rows, columns = (
            arguments
        )
        places = [(r, v) for r in range(TILE_ROWS) for v in range(TILE_VECTORS)]
        for r, v in places[:: LINE // VECTOR]:
            _fetch(builder, _place(builder, out, r, out_row, v))
        # A row that the tile does not have is the last once more; it is not written.
        last = builder.sub(rows, _int64(1))
        starts = [builder.mul(_smaller(builder, _int64(r), last), a_row) for r in range(TILE_ROWS)]
        sums = {place: cgutils.alloca_once_value(builder, _zeros()) for place in places}
        multiply_add = _of_llvm(builder, f"llvm.fmuladd.v{LANES}f32", _vector, [_vector] * 3)
        with cgutils.for_range(builder, terms) as loop:
            at_a = builder.add(a, builder.mul(loop.index, a_step))
            at_b = builder.add(b, builder.mul(loop.index, b_step))
            pair = [
                _load(builder, _place(builder, at_b, 0, b_step, v)) for v in range(TILE_VECTORS)
            ]
            for r, start in enumerate(starts):
                number = builder.load(_pointer(builder, builder.add(at_a, start), _float))
                factor = _in_every_lane(builder, _vector, number)
                for v in range(TILE_VECTORS):
                    total = builder.load(sums[r, v])
                    total = builder.call(multiply_add, [factor, pair[v], total])
                    builder.store(total, sums[r, v])
        for v in range(TILE_VECTORS):
            own = [sums[r, v] for r in range(TILE_ROWS)]
            to = _place(builder, out, 0, out_row, v), out_row
            more = builder.icmp_signed("!=", added, _int64(0)), added, added_row, v
            count = builder.sub(columns, _int64(LANES * v))
            is_whole = builder.icmp_signed(">=", count, _int64(LANES))
            with builder.if_else(is_whole) as (whole, partial):
                with whole:
                    _write_vectors(builder, own, rows, to, more, None)
                with partial, builder.if_then(builder.icmp_signed(">", count, _int64(0))):
                    _write_vectors(builder, own, rows, to, more, _first_lanes(builder, count))

    return _function("multiply_tile", generate, 12)


@intrinsic  # type: ignore[untyped-decorator]
def copy_rows(
    typing_context: Any, source: Any, row: Any, rows: Any, count: Any, target: Any, target_row: Any
) -> Any:
    """Copy up to a vector of numbers from each of some rows; zeros fill the vector."""

    def generate(builder: Any, *arguments: Any) -> None:
        source, row, rows, count, target, target_row = arguments
        mask = _first_lanes(builder, count)
        with cgutils.for_range(builder, rows) as loop:
            at = builder.add(source, builder.mul(loop.index, row))
            to = builder.add(target, builder.mul(loop.index, target_row))
            _store(builder, _load(builder, at, mask), to)

    return _function("copy_rows", generate, 6)


@intrinsic  # type: ignore[untyped-decorator]
def turn_rows(
    typing_context: Any, source: Any, row: Any, rows: Any, count: Any, target: Any, target_row: Any
) -> Any:
    """Write up to eight rows as columns: `count` rows of eight numbers, zeros for missing ones.

    Eight vectors are shuffled three times as one shuffles cards, row 0 with row 4, 1 with 5, and
    so on: afterwards their first numbers lie next to each other, then their second ones. Written
    are rows up to a multiple of a vector's numbers.
    """

    def generate(builder: Any, *arguments: Any) -> None:
        source, row, rows, count, target, target_row = arguments
        with cgutils.for_range_slice(builder, _int64(0), count, _int64(LANES)) as (first, _):
            mask = _first_lanes(builder, builder.sub(count, first))
            begin = builder.add(source, builder.mul(first, _int64(NUMBER)))
            vectors = []
            for r in range(TURNED):
                is_there = builder.icmp_signed("<", _int64(r), rows)
                own = builder.select(is_there, mask, _mask([0] * LANES))
                vectors.append(_load(builder, _place(builder, begin, r, row, 0), own))
            for _shuffle in range(3):  # of 2³ rows
                pairs = zip(vectors[:4], vectors[4:], strict=True)
                vectors = [each for pair in pairs for each in _shuffled(builder, *pair)]
            held = LANES // TURNED  # columns that a vector holds
            for k in range(LANES):
                places = list(range(TURNED * (k % held), TURNED * (k % held) + TURNED))
                taken = ir.VectorType(_int32, TURNED)(places)
                column = builder.shuffle_vector(vectors[k // held], vectors[k // held], taken)
                at = builder.mul(builder.add(first, _int64(k)), target_row)
                _store(builder, column, builder.add(target, at))

    return _function("turn_rows", generate, 6)


def stack_memory(size: int) -> Any:
    """A function that gives the address of so many bytes on the stack, until the kernel ends."""

    @intrinsic  # type: ignore[untyped-decorator]
    def memory(typing_context: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            with builder.goto_entry_block():
                allocated = builder.alloca(ir.ArrayType(ir.IntType(8), size))
                allocated.align = VECTOR
            return builder.ptrtoint(allocated, _int64)

        return types.int64(), generate

    return memory


def _function(name: str, generate: Callable[..., None], parameters: int) -> Any:
    """The signature of an intrinsic, and how it is compiled: as a function by itself.

    Among the loops around it LLVM would compute the addresses of the eight rows one from another,
    which takes longer than the sums: 150 instead of 175 Gflop/s.
    """

    def call(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        full_name = f"minigrad_{name}"
        function = builder.module.globals.get(full_name)
        if function is None:
            function_type = ir.FunctionType(ir.VoidType(), [_int64] * parameters)
            function = ir.Function(builder.module, function_type, full_name)
            function.linkage = "internal"
            function.attributes.add("noinline")
            body = ir.IRBuilder(function.append_basic_block())
            generate(body, *function.args)
            body.ret_void()
        builder.call(function, arguments)
        return context.get_dummy_value()

    return types.void(*[types.int64] * parameters), call


def _write_vectors(
    builder: Any, sums: list[Any], rows: Any, to: tuple[Any, Any], more: tuple[Any, ...], mask: Any
) -> None:
    """Write one vector of each row, or what a mask says of it, with what is added to it.

    Whole vectors are worth a way of their own: on an AMD EPYC with AVX2 a tile of 64 terms takes
    149 ns where six of its twelve vectors are stored by a mask, and 126 where none is.
    """
    (out, out_row), (is_added, added, added_row, v) = to, more
    for r, place in enumerate(sums):
        with builder.if_then(builder.icmp_signed("<", _int64(r), rows)):
            with builder.if_then(is_added):
                term = _load(builder, _place(builder, added, r, added_row, v), mask)
                builder.store(builder.fadd(builder.load(place), term), place)
            _store(builder, builder.load(place), _place(builder, out, r, out_row, 0), mask)


def _place(builder: Any, first: Any, r: int, row: Any, v: int) -> Any:
    """The address of a vector in a row."""
    return builder.add(builder.add(first, builder.mul(_int64(r), row)), _int64(VECTOR * v))


def _pointer(builder: Any, address: Any, pointed: Any) -> Any:
    return builder.inttoptr(address, pointed.as_pointer())


def _zeros() -> Any:
    return _vector([0.0] * LANES)


def _smaller(builder: Any, first: Any, second: Any) -> Any:
    return builder.select(builder.icmp_signed("<", first, second), first, second)


def _in_every_lane(builder: Any, vector: Any, number: Any) -> Any:
    undefined = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(undefined, number, _int32(0))
    return builder.shuffle_vector(first, undefined, _places([0] * LANES))


def _first_lanes(builder: Any, count: Any) -> Any:
    """A mask of the first `count` lanes."""
    limit = _in_every_lane(builder, _places, builder.trunc(count, _int32))
    return builder.icmp_signed("<", _places(list(range(LANES))), limit)


def _shuffled(builder: Any, first: Any, second: Any) -> list[Any]:
    """Two vectors of which one number each alternate: those of the first halves, of the second."""
    order = [LANES * (i % 2) + i // 2 for i in range(2 * LANES)]
    halves = _places(order[:LANES]), _places(order[LANES:])
    return [builder.shuffle_vector(first, second, half) for half in halves]


def _of_llvm(builder: Any, name: str, result: Any, taken: Any) -> Any:
    """One of LLVM's functions on vectors, by its full name."""
    return builder.module.declare_intrinsic(name, (), ir.FunctionType(result, taken))


def _load(builder: Any, address: Any, mask: Any = None) -> Any:
    """The vector at an address; zeros where a mask says so."""
    pointer = _pointer(builder, address, _vector)
    if mask is None:
        loaded = builder.load(pointer)
        loaded.align = NUMBER
        return loaded
    taken = [pointer.type, _int32, _mask, _vector]
    masked = _of_llvm(builder, f"llvm.masked.load.v{LANES}f32.p0", _vector, taken)
    return builder.call(masked, [pointer, _int32(NUMBER), mask, _zeros()])


def _store(builder: Any, vector: Any, address: Any, mask: Any = None) -> None:
    """Write a vector at an address, or what a mask says of it."""
    pointer = _pointer(builder, address, vector.type)
    if mask is None:
        builder.store(vector, pointer).align = NUMBER
        return
    taken = [_vector, pointer.type, _int32, _mask]
    masked = _of_llvm(builder, f"llvm.masked.store.v{LANES}f32.p0", ir.VoidType(), taken)
    builder.call(masked, [vector, pointer, _int32(NUMBER), mask])


def _fetch(builder: Any, address: Any) -> None:
    """Have memory brought near that is soon written; nothing happens where there is none."""
    pointer = _pointer(builder, address, ir.IntType(8))
    taken = [pointer.type, _int32, _int32, _int32]
    fetch = _of_llvm(builder, "llvm.prefetch.p0", ir.VoidType(), taken)
    builder.call(fetch, [pointer, _int32(0), _int32(3), _int32(1)])
