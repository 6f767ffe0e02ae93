"""How does a kernel have BLAS multiply two matrices? By the call that np.dot makes.

A product is described by words in memory, which `large_products` writes down.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, float32, float64, types
from numba.core import cgutils
from numba.extending import intrinsic

from .inner import inner
from .lanes import LANES, Array, load as load_lanes, store as store_lanes
from .native import as_pointer, load

# What a product is, and each of its parts, in words: the sides of the result; how many terms a
# sum has; of both factors where they lie, how far apart their rows are, and whether a factor lies
# there transposed; the same of the result; the bytes of an element; where the bias lies, or 0;
# whether it is done by `gemm`, and not by BLAS; how many terms that adds at first; the columns, or
# rows, of a part of it.
ROWS, COLUMNS, TERMS, A, A_ROW, A_TURNED, B, B_ROW, B_TURNED, OUT, OUT_ROW, SIZE, BIAS = range(13)
IN_BLOCKS, FIRST_TERMS, EXTENT = 13, 14, 15
WORDS = 16


@intrinsic  # type: ignore[untyped-decorator]
def call_blas(typing_context: Any, product: Any) -> Any:
    """Add a product to what is there if it has a bias, or else write it."""

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


@inner  # type: ignore[untyped-decorator]
def multiply_by_blas(product: int) -> None:
    """Do a product, given the address of its words, and add it to the bias in each row."""
    bias, columns = load(product + 8 * BIAS), load(product + 8 * COLUMNS)
    if bias:
        rows, row = load(product + 8 * ROWS), load(product + 8 * OUT_ROW)
        added, out = as_pointer(bias), as_pointer(load(product + 8 * OUT))
        extent = (rows - 1) * row + columns
        if load(product + 8 * SIZE) == 4:
            fill_rows(carray(added, columns, float32), carray(out, extent, float32), row)
        else:
            fill_rows(carray(added, columns, float64), carray(out, extent, float64), row)
    call_blas(product)


@inner  # type: ignore[untyped-decorator]
def fill_rows(bias: Array, out: Array, row: int) -> None:
    """Write the bias into each of the rows of `out`, which begin `row` elements apart."""
    for first in range(0, out.size, row):
        for c in range(0, bias.size, LANES):
            store_lanes(out, first + c, bias.size - c, load_lanes(bias, c, bias.size - c))


def smallest_product(itemsize: int) -> Array:
    """The words of 0 · 0, and behind them the memory of its numbers."""
    words = np.zeros(WORDS + 1, np.int64)
    words[[ROWS, COLUMNS, TERMS, A_ROW, B_ROW, OUT_ROW]] = 1
    words[[A, B, OUT]] = words.ctypes.data + 8 * WORDS
    words[SIZE] = itemsize
    return words
