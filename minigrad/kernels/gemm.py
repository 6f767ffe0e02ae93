"""How is a matrix product made fast?

Two matrices of a thousand rows take a thousand million multiply-adds, of which a core with AVX-512
does 32 at every tick, if it finds the numbers in its registers. Four things see to that; figures
are of one core of an Intel Xeon. With AVX2 a vector has half as many numbers, and a tile is six by
sixteen.

- *Tiles.* Sixteen vectors of the result stay in registers while terms are added (`tiles.py`). So
  a number that was loaded serves eight times, or 32.
- *A panel of B.* All tiles below each other need the same columns of B, two vectors wide. 256
  terms of those take 32 kB and stay in the nearest cache. They are copied there one after the
  other, turned if they lie in memory as B transposed: that is why the three products of a layer,
  X · Wᵀ and G · W and Gᵀ · X, take equally long. To copy takes a tenth of the time of the sums if
  A has 128 rows.
- *A block of A.* Where there are more panels than two, 256 rows of A are copied as well: the
  rows of a matrix 1024 wide lie where they drive each other from the cache. 256 rows times
  1024 × 1024 take 3.7 ms so, and otherwise 4.0 for X · Wᵀ and 5.4 for Gᵀ · X. But 128 rows times
  64 × 64 take 7.4 µs as they lie, and 8.7 copied.
- *The result is fetched in time.* A tile begins by asking for the memory that it will write, which
  may be far away: for 1536 × 1536 × 1536 that is a tenth less.

The sums of 256 terms each are added one after the other, the first to the bias. So what an element
is depends on its row and its column alone, not on its place in a tile, nor on how a product is
divided among threads; and sums of many terms are more exact than if they were taken in one go.
"""

from __future__ import annotations

from .inner import inner
from .tiles import (
    LANES,
    NUMBER,
    TILE_ROWS,
    TILE_VECTORS,
    TURNED,
    VECTOR,
    copy_rows,
    multiply_tile,
    stack_memory,
    turn_rows,
)

TERMS = 256  # that are added in registers; 192 and 384 take up to a twentieth longer
WIDTH = TILE_VECTORS * LANES  # columns of a panel
PANEL_ROW = TILE_VECTORS * VECTOR  # bytes
BLOCK_ROWS = -(-256 // TILE_ROWS) * TILE_ROWS  # in whole tiles
FEW_COLUMNS = 64  # up to which A stays as it lies

# A vector more, as rows of A narrower than one are copied by vectors.
memory = stack_memory(TERMS * PANEL_ROW + BLOCK_ROWS * TERMS * NUMBER + VECTOR)


@inner  # type: ignore[untyped-decorator]
def multiply(
    a: int, a_row: int, a_turned: bool, b: int, b_row: int, b_turned: bool,
    bias: int, out: int, out_row: int, rows: int, columns: int, terms: int, first_terms: int,
) -> None:  # fmt: skip
    """Write A · B + bias into `out`, in float32.

    Matrices are given by their addresses and the bytes from row to row; a turned one is in memory
    as its transposed. The bias is a row's address, or 0 if there is none. TERMS terms are added at
    a time, but at first so many, which may be fewer.
    """
    panel = memory()
    block = panel + TERMS * PANEL_ROW
    is_copied = columns > FEW_COLUMNS
    k, length = 0, min(first_terms, terms)
    while True:
        for first in range(0, rows, BLOCK_ROWS):
            count = min(BLOCK_ROWS, rows - first)
            for r in range(0, count if is_copied else 0, TILE_ROWS):
                tile = block + r * TERMS * NUMBER
                pack(a, a_row, not a_turned, first + r, count - r, k, length, tile, TILE_ROWS)
            for c in range(0, columns, WIDTH):
                pack(b, b_row, b_turned, c, columns - c, k, length, panel, WIDTH)
                for r in range(0, count, TILE_ROWS):
                    if is_copied:
                        tile, row, step = block + r * TERMS * NUMBER, NUMBER, TILE_ROWS * NUMBER
                    elif a_turned:
                        tile, row, step = a + k * a_row + (first + r) * NUMBER, NUMBER, a_row
                    else:
                        tile, row, step = a + (first + r) * a_row + k * NUMBER, a_row, NUMBER
                    to = out + (first + r) * out_row + c * NUMBER
                    added, added_row = to, out_row
                    if k == 0:
                        added, added_row = bias + c * NUMBER if bias else 0, 0
                    multiply_tile(
                        tile, row, step, panel, PANEL_ROW, length,
                        added, added_row, to, out_row, count - r, columns - c,
                    )  # fmt: skip
        k += length
        if k >= terms:
            return
        length = min(TERMS, terms - k)


@inner  # type: ignore[untyped-decorator]
def pack(
    source: int, row: int, turned: bool, first: int, count: int, first_term: int, length: int,
    target: int, width: int,
) -> None:  # fmt: skip
    """Copy the terms of some columns: one term's numbers after the other's, `width` of each.

    There are no more columns than `count`; then zeros are written.
    """
    if turned:
        at = source + first * row + first_term * NUMBER
        for c in range(0, width, TURNED):
            some, to = min(count, width) - c, target + c * NUMBER
            turn_rows(at + c * row, row, some, length, to, width * NUMBER)
    else:
        at = source + first_term * row + first * NUMBER
        for c in range(0, width, LANES):
            some, to = min(count, width) - c, target + c * NUMBER
            copy_rows(at + c * NUMBER, row, length, some, to, width * NUMBER)
