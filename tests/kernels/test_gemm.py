"""Are products in blocks those of the matrices, wherever these lie and however large they are?"""

import numpy as np
from hypothesis import example, given, settings, strategies as st

from minigrad.kernels.gemm import BLOCK_ROWS, FEW_COLUMNS, TERMS, WIDTH, multiply
from minigrad.kernels.tiles import TILE_ROWS

AROUND = 19  # elements before, behind and between rows that are nobody's

around_a_tile = st.integers(1, 3 * TILE_ROWS)
around_panels = st.integers(1, FEW_COLUMNS + WIDTH)
around_blocks = st.sampled_from([TERMS - 1, TERMS, TERMS + 1, 2 * TERMS + 5])


def placed(matrix, gap):
    """A matrix in memory whose rows are `gap` apart, among numbers that are none."""
    rows, columns = matrix.shape
    memory = np.full(2 * AROUND + rows * (columns + gap), np.nan, np.float32)
    inner = memory[AROUND : AROUND + rows * (columns + gap)].reshape(rows, columns + gap)
    inner[:, :columns] = matrix
    return memory, inner[:, :columns]


def address(array):
    return array.__array_interface__["data"][0]


def product(a, b, bias, turned=(False, False), gaps=(0, 0, 0)):
    """A · B + bias, with all that is around it in memory."""
    (rows, terms), columns = a.shape, b.shape[1]
    _, a = placed(a.T if turned[0] else a, gaps[0])
    _, b = placed(b.T if turned[1] else b, gaps[1])
    memory, out = placed(np.full((rows, columns), np.nan), gaps[2])
    _, bias = placed(bias, 0)
    multiply(
        address(a), a.strides[0], turned[0], address(b), b.strides[0], turned[1],
        address(bias) if bias.size else 0, address(out), out.strides[0], rows, columns, terms,
        TERMS,
    )  # fmt: skip
    return memory, out


def drawn(rows, columns, terms, with_bias):
    draw = np.random.default_rng([rows, columns, terms])
    sides = (rows, terms), (terms, columns), (1, columns if with_bias else 0)
    return [draw.uniform(-1, 1, each).astype(np.float32) for each in sides]


@given(
    sides=st.tuples(around_a_tile, around_panels, around_a_tile)
    | st.tuples(around_a_tile, around_panels, around_blocks),
    with_bias=st.booleans(),
    turned=st.tuples(st.booleans(), st.booleans()),
    gaps=st.tuples(*[st.integers(0, AROUND)] * 3),
)
@example((BLOCK_ROWS + 3, FEW_COLUMNS + 1, 7), True, (False, True), (0, 0, 0))
@example((2 * BLOCK_ROWS, WIDTH, TERMS + 1), False, (True, False), (0, 0, 0))
def test_a_product_wherever_its_matrices_lie(sides, with_bias, turned, gaps):
    a, b, bias = drawn(*sides, with_bias)
    memory, out = product(a, b, bias, turned, gaps)
    wide, added = (a.astype(np.float64), b.astype(np.float64)), bias if with_bias else 0.0
    size = np.abs(wide[0]) @ np.abs(wide[1]) + np.abs(added)
    allowed = (min(sides[2], TERMS) + sides[2] // TERMS + 2) * np.finfo(np.float32).eps / 2 * size
    assert (np.abs(out - (wide[0] @ wide[1] + added)) <= allowed).all()
    out[:] = np.nan
    assert np.isnan(memory).all()  # nothing else was written


def test_without_terms_there_is_the_bias():
    a, b, bias = drawn(9, 33, 0, True)
    assert np.array_equal(product(a, b, bias)[1], np.broadcast_to(bias, (9, 33)))


@settings(max_examples=settings.default.max_examples // 2)
@given(
    sides=st.tuples(st.integers(1, 40), st.integers(1, 2 * FEW_COLUMNS), around_blocks),
    turned=st.tuples(st.booleans(), st.booleans()),
    data=st.data(),
)
def test_the_bits_of_an_element_depend_on_its_row_and_column_alone(sides, turned, data):
    rows, columns, _ = sides
    a, b, bias = drawn(*sides, True)
    whole = product(a, b, bias)[1]
    row = data.draw(st.integers(0, rows - 1))
    column = data.draw(st.integers(0, columns - 1))
    part = product(a[row:], b[:, column:], bias[:, column:], turned)[1]
    assert np.array_equal(part, whole[row:, column:])


def test_sums_in_blocks_are_more_exact_than_in_one_go():
    a, b, bias = (abs(each) for each in drawn(32, 32, 16 * TERMS, False))
    wanted = a.astype(np.float64) @ b.astype(np.float64)
    in_one_go = np.zeros((32, 32), np.float32)
    for k in range(16 * TERMS):
        in_one_go += np.outer(a[:, k], b[k])
    error = np.abs(product(a, b, bias)[1] - wanted).mean()
    assert error < np.abs(in_one_go - wanted).mean() / 2
