"""Into which parts is a matrix cut, so that threads share sums down its columns?

Into *blocks* of rows, and these from left to right into parts of up to 512 columns. A thread reads
a part as it lies in memory, and a part read twice is in a cache the second time; how much is
written down for each block is little beside the block. Where the cuts are is decided by the shape
alone, so the sums of blocks, and their sum in order, do not depend on how many threads there are.

Measured on two cores of an Intel Xeon: BatchNorm of 15,625 rows of 64 channels takes 0.46 ms
forward and 0.6 back; with the columns shared instead, all rows of 16 for each, 1.2 and 1.2.

>>> from minigrad.kernels.blocks import blocks_of, part, parts_of
>>> blocks_of((128, 600)), parts_of((128, 600))
((2, 64), 4)
>>> [part(k, (128, 600)) for k in (1, 2)]  # block, rows, columns
[(0, (0, 64), (512, 600)), (1, (64, 128), (0, 512))]
"""

from __future__ import annotations

from .intrinsics import exactly

COLUMNS = 512  # of a part, at most; a multiple of LANES
ROWS, ELEMENTS = 64, 8192  # of a block, at least
MOST_BLOCKS = 256


@exactly  # type: ignore[untyped-decorator]
def blocks_of(shape: tuple[int, int]) -> tuple[int, int]:
    """How many blocks there are, of no rows one; and how many rows each has but the last.

    It calls no other function: Python asks for it too (`blocks_of.py_func`), and Numba would take
    half a second to compile what that calls.
    """
    N, C = shape
    enough = (ELEMENTS + C - 1) // max(C, 1)
    rows = max(ROWS, enough, (N + MOST_BLOCKS - 1) // MOST_BLOCKS)
    return max((N + rows - 1) // rows, 1), rows


@exactly  # type: ignore[untyped-decorator]
def parts_of(shape: tuple[int, int]) -> int:
    """How many parts there are."""
    return blocks_of(shape)[0] * ((shape[1] + COLUMNS - 1) // COLUMNS)


@exactly  # type: ignore[untyped-decorator]
def part(k: int, shape: tuple[int, int]) -> tuple[int, tuple[int, int], tuple[int, int]]:
    """The block that a part is of, and where its rows and its columns begin and end."""
    N, C = shape
    groups, rows = (C + COLUMNS - 1) // COLUMNS, blocks_of(shape)[1]
    block, begin = k // groups, k % groups * COLUMNS
    return block, (block * rows, min((block + 1) * rows, N)), (begin, min(begin + COLUMNS, C))
