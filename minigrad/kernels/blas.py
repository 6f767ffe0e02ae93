"""How are large matrices multiplied? By BLAS, in parts that the team's threads share.

Into what a product is divided depends on its shapes alone, and BLAS works on each part with one
thread. So no bit depends on how many threads there are, as it would if BLAS divided the work. And
nobody waits for a thread that the system does not run: while other programs kept two processors
busy, a step of fifty layers of 64 took 750 ms with BLAS's own threads and 1.5 ms without them.

A part is some rows of the result or some columns. It gets its bias while it is in the cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, float32, float64, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from .lanes import LANES, Array, load as load_lanes, scratch, store as store_lanes
from .native import LARGE, as_pointer, load, store
from .team import (
    IN_USE,
    PRODUCTS,
    SLOTS,
    THREADS,
    UNDIVIDED,
    do_together,
    exchange,
    part_of,
    team_address,
)

# What a product is, and each of its parts, in words: the sides of the result; how many terms a
# sum has; of both factors where they lie, how far apart their rows are, and whether a factor lies
# there transposed; the same of the result; the bytes of an element; where the bias lies, or 0.
ROWS, COLUMNS, TERMS, A, A_ROW, A_TURNED, B, B_ROW, B_TURNED, OUT, OUT_ROW, SIZE, BIAS = range(13)

# From how many multiplications on a product is divided into two parts, four, and eight. On two
# cores of an Intel Xeon a step of 64-256-256-1 at batch 128 takes 0.47 ms divided and 0.62 whole,
# one of fifty layers of 64, half a million each, 1.8 and 1.5: there data moves between cores.
TWO, FOUR, EIGHT = 1 << 21, 1 << 23, 1 << 29
GRAIN = 16  # the rows or columns of a part are a multiple of it, but for the last part's


@intrinsic  # type: ignore[untyped-decorator]
def gemm(typing_context: Any, product: Any) -> Any:
    """Have BLAS do a product, given the address of its words; by the call that np.dot makes."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, word = ir.IntType(8), ir.IntType(64)
        pointer = byte.as_pointer()
        first = builder.inttoptr(arguments[0], word.as_pointer())

        def load_word(position: int) -> Any:
            return builder.load(builder.gep(first, [word(position)]))

        def address(position: int) -> Any:
            return builder.inttoptr(load_word(position), pointer)

        def letter(turned: int) -> Any:
            is_turned = builder.icmp_signed("!=", load_word(turned), word(0))
            return builder.select(is_turned, byte(ord("t")), byte(ord("n")))

        def factor(one: str) -> Any:
            """1 or 0 in the memory of a number of the product's type."""
            memory = cgutils.alloca_once(builder, word)
            builder.store(one, memory)
            return builder.bitcast(memory, pointer)

        is_single = builder.icmp_signed("==", load_word(SIZE), word(4))
        kind = builder.select(is_single, byte(ord("s")), byte(ord("d")))
        one = builder.select(is_single, word(0x3F800000), word(0x3FF0000000000000))
        has_bias = builder.icmp_signed("!=", load_word(BIAS), word(0))
        kept = factor(builder.select(has_bias, one, word(0)))
        # BLAS takes for columns what are rows here: so it is asked for the transposed result,
        # which is B transposed times A transposed.
        given = [kind, letter(B_TURNED), letter(A_TURNED)]
        given += [load_word(COLUMNS), load_word(ROWS), load_word(TERMS), factor(one)]
        given += [address(B), load_word(B_ROW), address(A), load_word(A_ROW), kept]
        given += [address(OUT), load_word(OUT_ROW)]
        kind_of_call = ir.FunctionType(ir.IntType(32), [each.type for each in given])
        call = cgutils.get_or_insert_function(builder.module, kind_of_call, "numba_xxgemm")
        builder.call(call, given)
        return context.get_dummy_value()

    return types.void(types.int64), generate


@njit  # type: ignore[untyped-decorator]
def multiply_part(product: int) -> int:
    """Do a product, or a part of one, and add it to the bias in each row. Returns 0."""
    bias, columns = load(product + 8 * BIAS), load(product + 8 * COLUMNS)
    if bias:
        rows, row = load(product + 8 * ROWS), load(product + 8 * OUT_ROW)
        added, out = as_pointer(bias), as_pointer(load(product + 8 * OUT))
        extent = (rows - 1) * row + columns
        if load(product + 8 * SIZE) == 4:
            fill_rows(carray(added, columns, float32), carray(out, extent, float32), row)
        else:
            fill_rows(carray(added, columns, float64), carray(out, extent, float64), row)
    gemm(product)
    return 0


def smallest_product(itemsize: int) -> Array:
    """The words of 0 · 0, and behind them the memory of its numbers."""
    words = np.zeros(BIAS + 2, np.int64)
    words[[ROWS, COLUMNS, TERMS, A_ROW, B_ROW, OUT_ROW]] = 1
    words[[A, B, OUT]] = words.ctypes.data + 8 * (BIAS + 1)
    words[SIZE] = itemsize
    return words


@njit  # type: ignore[untyped-decorator]
def fill_rows(bias: Array, out: Array, row: int) -> None:
    """Write the bias into each of the rows of `out`, which begin `row` elements apart."""
    for first in range(0, out.size, row):
        for c in range(0, bias.size, LANES):
            store_lanes(out, first + c, bias.size - c, load_lanes(bias, c, bias.size - c))


@njit  # type: ignore[untyped-decorator]
def extent_of_parts(rows: int, columns: int, terms: int) -> int:
    """How many rows, or if there are more columns how many of these, a part has."""
    work = rows * columns * terms
    parts = 1 if work < TWO else 2 if work < FOUR else 4 if work < EIGHT else 8
    grains = (max(rows, columns) + GRAIN - 1) // GRAIN
    return (grains + parts - 1) // parts * GRAIN


@njit  # type: ignore[untyped-decorator]
def take_part(product: int, begin: int, extent: int, part: int) -> None:
    """Write down which part of a product begins at a row, or column, and has some of them."""
    for word in range(BIAS + 1):
        store(part + 8 * word, load(product + 8 * word))
    rows, columns = load(product + 8 * ROWS), load(product + 8 * COLUMNS)
    first = begin * load(product + 8 * SIZE)
    if rows >= columns:
        store(part + 8 * ROWS, min(extent, rows - begin))
        move(part + 8 * A, first if load(part + 8 * A_TURNED) else first * load(part + 8 * A_ROW))
        move(part + 8 * OUT, first * load(part + 8 * OUT_ROW))
        return
    store(part + 8 * COLUMNS, min(extent, columns - begin))
    move(part + 8 * B, first * load(part + 8 * B_ROW) if load(part + 8 * B_TURNED) else first)
    move(part + 8 * OUT, first)
    if load(part + 8 * BIAS):
        move(part + 8 * BIAS, first)


@njit  # type: ignore[untyped-decorator]
def move(address: int, distance: int) -> None:
    store(address, load(address) + distance)


@njit  # type: ignore[untyped-decorator]
def multiply_in_parts(product: int, extent: int, team: int) -> None:
    """Do a product's parts with the team, or, if somebody else has it, alone."""
    longer = max(load(product + 8 * ROWS), load(product + 8 * COLUMNS))
    if load(team + THREADS) < 2 or exchange(team + IN_USE, 1):
        own = scratch(0).ctypes.data
        for begin in range(0, longer, extent):
            take_part(product, begin, extent, own)
            multiply_part(own)
        return
    parts = 0
    for begin in range(0, longer, extent):
        take_part(product, begin, extent, part_of(team, parts) + SLOTS)
        parts += 1
    do_together(team, load(team + PRODUCTS), parts)
    exchange(team + IN_USE, 0)


@njit  # type: ignore[untyped-decorator]
def product(a: Array, a_turned: bool, b: Array, b_turned: bool, bias: Array, out: Array) -> int:
    """Write A · B + bias into `out`; `a` holds A or, turned, A transposed, and so does `b`.

    Returns 0, or LARGE if it is to be divided and nobody has yet seen to it that it can be: a
    kernel returns that before it has changed anything, and is started again.
    """
    rows, columns = out.shape
    terms = a.shape[0] if a_turned else a.shape[1]
    if not out.size:
        return 0
    words, team = scratch(0), team_address()
    words[ROWS], words[COLUMNS], words[TERMS] = rows, columns, terms
    words[A], words[A_ROW], words[A_TURNED] = a.ctypes.data, max(a.shape[1], 1), a_turned
    words[B], words[B_ROW], words[B_TURNED] = b.ctypes.data, max(b.shape[1], 1), b_turned
    words[OUT], words[OUT_ROW], words[SIZE] = out.ctypes.data, columns, out.itemsize
    words[BIAS] = bias.ctypes.data if bias.size else 0
    extent = extent_of_parts(rows, columns, terms)
    if extent >= max(rows, columns) or load(team + PRODUCTS) == UNDIVIDED:
        return multiply_part(words.ctypes.data)
    if not load(team + PRODUCTS):
        return LARGE
    multiply_in_parts(words.ctypes.data, extent, team)
    return 0
