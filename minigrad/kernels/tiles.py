"""What does a matrix product do in the processor's vector registers?

It multiplies *tiles*: eight rows of the result, two vectors of sixteen float32 each, stay in
sixteen registers for as long as there are terms to add. At every term two vectors of B and one
number from each of eight rows of A are loaded, for sixteen multiply-adds: fewer loads than a
processor starts in that time, and more sums under way than it needs, two at every tick, each ready
after four. Measured on one core of an Intel Xeon with AVX-512: 175 Gflop/s. Tiles of 12 or 14
rows, or of three vectors, are no faster, and waste more where a matrix ends.

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
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 16
NUMBER = 4  # bytes
VECTOR = LANES * NUMBER
TILE_ROWS = 8
TILE_VECTORS = 2

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
        for r, v in places:
            _fetch(builder, _place(builder, out, r, out_row, v))
        # A row that the tile does not have is the last once more; it is not written.
        last = builder.sub(rows, _int64(1))
        starts = [builder.mul(_smaller(builder, _int64(r), last), a_row) for r in range(TILE_ROWS)]
        sums = {place: cgutils.alloca_once_value(builder, _zeros()) for place in places}
        multiply_add = _of_llvm(builder, "llvm.fmuladd.v16f32", _vector, [_vector] * 3)
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
        masks = [
            _first_lanes(builder, builder.sub(columns, _int64(LANES * v)))
            for v in range(TILE_VECTORS)
        ]
        is_added = builder.icmp_signed("!=", added, _int64(0))
        for r, v in places:
            with builder.if_then(builder.icmp_signed("<", _int64(r), rows)):
                with builder.if_then(is_added):
                    more = _load_masked(builder, _place(builder, added, r, added_row, v), masks[v])
                    builder.store(builder.fadd(builder.load(sums[r, v]), more), sums[r, v])
                at = _place(builder, out, r, out_row, v)
                _store_masked(builder, builder.load(sums[r, v]), at, masks[v])

    return _function("multiply_tile", generate, 12)


@intrinsic  # type: ignore[untyped-decorator]
def copy_rows(
    typing_context: Any, source: Any, row: Any, rows: Any, count: Any, target: Any, target_row: Any
) -> Any:
    """Copy up to sixteen numbers from each of some rows; zeros fill the sixteen."""

    def generate(builder: Any, *arguments: Any) -> None:
        source, row, rows, count, target, target_row = arguments
        mask = _first_lanes(builder, count)
        with cgutils.for_range(builder, rows) as loop:
            at = builder.add(source, builder.mul(loop.index, row))
            to = builder.add(target, builder.mul(loop.index, target_row))
            _store(builder, _load_masked(builder, at, mask), to)

    return _function("copy_rows", generate, 6)


@intrinsic  # type: ignore[untyped-decorator]
def turn_rows(
    typing_context: Any, source: Any, row: Any, rows: Any, count: Any, target: Any, target_row: Any
) -> Any:
    """Write up to eight rows as columns: `count` rows of eight numbers, zeros for missing ones.

    Eight vectors are shuffled three times as one shuffles cards, row 0 with row 4, 1 with 5, and
    so on: afterwards their first numbers lie next to each other, then their second ones. Written
    are rows up to a multiple of sixteen.
    """

    def generate(builder: Any, *arguments: Any) -> None:
        source, row, rows, count, target, target_row = arguments
        with cgutils.for_range_slice(builder, _int64(0), count, _int64(LANES)) as (first, _):
            mask = _first_lanes(builder, builder.sub(count, first))
            begin = builder.add(source, builder.mul(first, _int64(NUMBER)))
            vectors = []
            for r in range(TILE_ROWS):
                is_there = builder.icmp_signed("<", _int64(r), rows)
                own = builder.select(is_there, mask, _mask([0] * LANES))
                vectors.append(_load_masked(builder, _place(builder, begin, r, row, 0), own))
            for _shuffle in range(3):  # of 2³ rows
                pairs = zip(vectors[:4], vectors[4:], strict=True)
                vectors = [each for pair in pairs for each in _shuffled(builder, *pair)]
            for k in range(LANES):  # a vector holds two columns
                half = list(range(TILE_ROWS * (k % 2), TILE_ROWS * (k % 2) + TILE_ROWS))
                taken = ir.VectorType(_int32, TILE_ROWS)(half)
                column = builder.shuffle_vector(vectors[k // 2], vectors[k // 2], taken)
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


def _load(builder: Any, address: Any) -> Any:
    loaded = builder.load(_pointer(builder, address, _vector))
    loaded.align = NUMBER
    return loaded


def _store(builder: Any, vector: Any, address: Any) -> None:
    builder.store(vector, _pointer(builder, address, vector.type)).align = NUMBER


def _of_llvm(builder: Any, name: str, result: Any, taken: Any) -> Any:
    """One of LLVM's functions on vectors, by its full name."""
    return builder.module.declare_intrinsic(name, (), ir.FunctionType(result, taken))


def _load_masked(builder: Any, address: Any, mask: Any) -> Any:
    pointer = _pointer(builder, address, _vector)
    taken = [pointer.type, _int32, _mask, _vector]
    masked = _of_llvm(builder, "llvm.masked.load.v16f32.p0", _vector, taken)
    return builder.call(masked, [pointer, _int32(NUMBER), mask, _zeros()])


def _store_masked(builder: Any, vector: Any, address: Any, mask: Any) -> None:
    pointer = _pointer(builder, address, _vector)
    taken = [_vector, pointer.type, _int32, _mask]
    masked = _of_llvm(builder, "llvm.masked.store.v16f32.p0", ir.VoidType(), taken)
    builder.call(masked, [vector, pointer, _int32(NUMBER), mask])


def _fetch(builder: Any, address: Any) -> None:
    """Have memory brought near that is soon written; nothing happens where there is none."""
    pointer = _pointer(builder, address, ir.IntType(8))
    taken = [pointer.type, _int32, _int32, _int32]
    fetch = _of_llvm(builder, "llvm.prefetch.p0", ir.VoidType(), taken)
    builder.call(fetch, [pointer, _int32(0), _int32(3), _int32(1)])
