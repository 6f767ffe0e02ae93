"""How are large matrices multiplied? In parts that the team's threads share.

Each part is done on one thread, in blocks (`gemm`) or by BLAS. So no bit depends on how many
threads there are: in blocks it depends on no division, and what BLAS is given is divided by its
shapes alone. And nobody waits for a thread that the system does not run: while other programs kept
two processors busy, a step of fifty layers of 64 took 750 ms with BLAS's own threads and 1.5 ms
without them.

A part is some rows of the result or, if these are more, some columns. It gets its bias while it is
in the cache. So the gradient of a square weight is cut as its optimiser cuts the weight, by rows:
a step of 256 wide layers at batch 128 takes 380 µs on two cores of an Intel Xeon, and 391 if a
square is cut by columns.
"""

from __future__ import annotations

from .blas import (
    A_ROW,
    A_TURNED,
    B_ROW,
    B_TURNED,
    BIAS,
    COLUMNS,
    EXTENT,
    FIRST_TERMS,
    IN_BLOCKS,
    OUT,
    OUT_ROW,
    ROWS,
    SIZE,
    TERMS,
    WORDS,
    A,
    B,
    multiply_by_blas,
)
from .gemm import TERMS as BLOCK_TERMS, WIDTH, multiply
from .halves import half_of
from .inner import inner
from .lanes import Array, scratch
from .native import LARGE, call_kernel, load, store
from .reshaping import with_shape
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
from .tiles import HAS_VECTORS, IS_WIDE, NUMBER

# From how many multiplications on a product is divided into two parts, four, and eight. On two
# cores of an Intel Xeon a step of 64-256-256-1 at batch 128 takes 0.47 ms divided and 0.62 whole,
# one of fifty layers of 64, half a million each, 1.8 and 1.5: there data moves between cores.
# Products in blocks have two parts from the first number on, and twice as many from twice of it.
TWO, FOUR, EIGHT = 1 << 21, 1 << 23, 1 << 29
# From how many on, taken together, two undivided products are done at the same time: on two cores
# of an AMD EPYC with AVX-512 twenty layers of 64 at batch 128, which have 2^20 for both gradients,
# take 0.58 ms and one after the other 0.63, layers of 48 0.417 and 0.411.
SIDE_BY_SIDE = 1 << 20
PARTS_EACH = 2  # a thread, of a product in blocks: so that who is held up does fewer
GRAIN = 32  # the rows or columns of a part are a multiple of it, but for the last part's


NARROW = 24 if IS_WIDE else 16
BEHIND = 1 << 27  # multiplications, from which on blocks are behind BLAS with AVX2


@inner  # type: ignore[untyped-decorator]
def is_in_blocks(rows: int, columns: int, terms: int, b_turned: bool, itemsize: int) -> bool:
    """Whether a product is done in blocks, and not by BLAS: where that is faster.

    Measured on two cores of an Intel Xeon with AVX-512, in µs, BLAS first: 128×256·256×256 takes
    155 and 67, 1024×1024·1024×1024 8900 and 7900; 64×64·64×64 6.0 and 3.9 if B is turned, and
    otherwise 3.6 and 3.7, 100×100·100×100 then 15 and 19; 256×64·64×8 4.0 and 6.0. In float64
    512×512·512×512 takes 2100 and 2300. Where both are as fast, blocks allow for `halves`.

    On one core of an AMD EPYC with AVX2: 64×64·64×64 9.8 and 6.9, 64×64·64×16 3.6 and 2.7,
    128×256·256×256 220 and 210, 256×512·512×512 1600 and 1600, 256×1024·1024×1024 6400 and 7000.
    """
    if not HAS_VECTORS or itemsize != NUMBER or min(rows, columns) < NARROW:
        return False
    work = rows * columns * terms
    if not IS_WIDE:
        return work < BEHIND
    return b_turned or work >= TWO or columns % WIDTH == 0


@inner  # type: ignore[untyped-decorator]
def multiply_part(product: int) -> int:
    """Do a product, or a part of one, given the address of its words. Returns 0."""
    if HAS_VECTORS and load(product + 8 * IN_BLOCKS):
        multiply(
            load(product + 8 * A),
            load(product + 8 * A_ROW) * NUMBER,
            load(product + 8 * A_TURNED) != 0,
            load(product + 8 * B),
            load(product + 8 * B_ROW) * NUMBER,
            load(product + 8 * B_TURNED) != 0,
            load(product + 8 * BIAS),
            load(product + 8 * OUT),
            load(product + 8 * OUT_ROW) * NUMBER,
            load(product + 8 * ROWS),
            load(product + 8 * COLUMNS),
            load(product + 8 * TERMS),
            load(product + 8 * FIRST_TERMS),
        )
    else:
        multiply_by_blas(product)
    return 0


@inner  # type: ignore[untyped-decorator]
def extent_of_parts(rows: int, columns: int, terms: int, in_blocks: bool, threads: int) -> int:
    """How many columns, or if there are more rows how many of these, a part has."""
    work = rows * columns * terms
    parts = 1 if work < TWO else 2 if work < FOUR else 4 if work < EIGHT else 8
    if in_blocks:
        parts = max(min(2 * work // TWO, PARTS_EACH * threads), 1)
    grains = (max(rows, columns) + GRAIN - 1) // GRAIN
    return (grains + parts - 1) // parts * GRAIN


@inner  # type: ignore[untyped-decorator]
def take_part(product: int, begin: int, extent: int, part: int) -> None:
    """Write down which part of a product begins at a row, or column, and has some of them."""
    for word in range(WORDS):
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


@inner  # type: ignore[untyped-decorator]
def move(address: int, distance: int) -> None:
    store(address, load(address) + distance)


@inner  # type: ignore[untyped-decorator]
def describe(
    words: Array, a: Array, a_turned: bool, b: Array, b_turned: bool, bias: Array, out: Array,
    first_terms: int,
) -> None:  # fmt: skip
    """Write down what a product is."""
    rows, columns = out.shape
    terms = a.shape[0] if a_turned else a.shape[1]
    in_blocks = is_in_blocks(rows, columns, terms, b_turned, out.itemsize)
    words[ROWS], words[COLUMNS], words[TERMS] = rows, columns, terms
    words[A], words[A_ROW], words[A_TURNED] = a.ctypes.data, max(a.shape[1], 1), a_turned
    words[B], words[B_ROW], words[B_TURNED] = b.ctypes.data, max(b.shape[1], 1), b_turned
    words[OUT], words[OUT_ROW], words[SIZE] = out.ctypes.data, columns, out.itemsize
    words[BIAS] = bias.ctypes.data if bias.size else 0
    words[IN_BLOCKS], words[FIRST_TERMS] = in_blocks, first_terms
    threads = load(team_address() + THREADS)
    words[EXTENT] = extent_of_parts(rows, columns, terms, in_blocks, threads)


@inner  # type: ignore[untyped-decorator]
def parts_of(product: int) -> int:
    """Into how many parts a product is divided."""
    longer = max(load(product + 8 * ROWS), load(product + 8 * COLUMNS))
    extent = load(product + 8 * EXTENT)
    return (longer + extent - 1) // extent


@inner  # type: ignore[untyped-decorator]
def multiply_described(words: int, count: int) -> int:
    """Do one product or two, or parts of them, with the team; or, if somebody has it, alone."""
    team = team_address()
    function = load(team + PRODUCTS)
    if not function:
        return LARGE
    work = parts = 0
    for product in range(words, words + count * 8 * WORDS, 8 * WORDS):
        rows, columns = load(product + 8 * ROWS), load(product + 8 * COLUMNS)
        work += rows * columns * load(product + 8 * TERMS)
        parts += parts_of(product)
    if load(team + UNDIVIDED) or parts == 1 or (parts == count and work < SIDE_BY_SIDE):
        for product in range(words, words + count * 8 * WORDS, 8 * WORDS):
            call_kernel(function, product)
        return 0
    alone = load(team + THREADS) < 2 or exchange(team + IN_USE, 1) != 0
    own, number = scratch(0).ctypes.data, 0
    members = 1 if alone else max(min(load(team + THREADS), parts), 1)
    for member in range(members):  # each begins with about as much of either product
        for product in range(words, words + count * 8 * WORDS, 8 * WORDS):
            extent, of_product = load(product + 8 * EXTENT), parts_of(product)
            first, last = of_product * member // members, of_product * (member + 1) // members
            for begin in range(first * extent, last * extent, extent):
                part = own if alone else part_of(team, number) + SLOTS
                take_part(product, begin, extent, part)
                if alone:
                    call_kernel(function, part)
                number += 1
    if not alone:
        do_together(team, function, number)
        exchange(team + IN_USE, 0)
    return 0


@inner  # type: ignore[untyped-decorator]
def product(
    a: Array, a_turned: bool, b: Array, b_turned: bool, bias: Array, out: Array,
    first_terms: int = BLOCK_TERMS,
) -> int:  # fmt: skip
    """Write A · B + bias into `out`; `a` holds A or, turned, A transposed, and so does `b`.

    Returns 0, or LARGE if nobody has yet compiled what does the parts: a kernel returns that
    before it has changed anything, and is started again.
    """
    if not out.size:
        return 0
    words = scratch(0)
    describe(words, a, a_turned, b, b_turned, bias, out, first_terms)
    return multiply_described(words.ctypes.data, 1)


@inner  # type: ignore[untyped-decorator]
def first_of_rows(rows: int) -> int:
    """How many terms of a sum over rows are added first: half of them, if two times are enough."""
    half = half_of(rows)
    return half if max(half, rows - half) <= BLOCK_TERMS else BLOCK_TERMS


@inner  # type: ignore[untyped-decorator]
def gradient_products(grad: Array, x: Array, weight: Array, grad_x: Array, grad_w: Array) -> int:
    """Write grad · weight into `grad_x` and gradᵀ · x into `grad_w`, whichever is not empty.

    Both at the same time where they are large enough. The last of the caller's own parts are of
    `grad_x`: so the gradient that it goes on with is in its cache.
    """
    nothing = with_shape(grad, (grad.size,))[:0]
    first = first_of_rows(grad.shape[0])
    if not grad_x.size:
        return product(grad, True, x, False, nothing, grad_w, first)
    if not grad_w.size:
        return product(grad, False, weight, False, nothing, grad_x)
    words = scratch(0)
    describe(words, grad, True, x, False, nothing, grad_w, first)
    describe(words[WORDS:], grad, False, weight, False, nothing, grad_x, BLOCK_TERMS)
    return multiply_described(words.ctypes.data, 2)
