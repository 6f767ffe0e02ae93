"""Large products: right whatever their shapes, and the same bits for any number of threads."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.kernels import blas, large_products, team, threads
from minigrad.kernels.kernel import Matrix, Scalar, Vector, kernel
from minigrad.kernels.large_products import (
    EIGHT,
    FOUR,
    GRAIN,
    TWO,
    extent_of_parts,
    gradient_products,
    product,
    take_part,
)


@kernel(writes=("out",))
def multiply(
    a: Matrix, a_turned: Scalar, b: Matrix, b_turned: Scalar, bias: Vector, out: Matrix
) -> int:
    return product(a, a_turned != 0, b, b_turned != 0, bias, out)


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = torch.get_num_threads()
    yield
    torch.set_num_threads(usual)


def made(rows, columns, terms, turned, dtype, with_bias):
    """Factors, in memory as `turned` says, a bias and a result that nobody has written."""
    draw = np.random.default_rng(rows + columns + terms)
    a = draw.uniform(-1, 1, (terms, rows) if turned[0] else (rows, terms)).astype(dtype)
    b = draw.uniform(-1, 1, (columns, terms) if turned[1] else (terms, columns)).astype(dtype)
    bias = draw.uniform(-1, 1, columns if with_bias else 0).astype(dtype)
    return a, float(turned[0]), b, float(turned[1]), bias, np.full((rows, columns), np.nan, dtype)


def check(a, a_turned, b, b_turned, bias, out):
    first = np.asarray(a.T if a_turned else a, np.float64)
    second = np.asarray(b.T if b_turned else b, np.float64)
    added = bias if bias.size else 0.0
    size = np.abs(first) @ np.abs(second) + np.abs(added)
    allowed = (first.shape[1] + 1) * np.finfo(out.dtype).eps * size
    assert (np.abs(out - (first @ second + added)) <= allowed).all()


BOTH = st.tuples(st.booleans(), st.booleans())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(sides=st.tuples(*[st.integers(0, 40)] * 3), turned=BOTH, with_bias=st.booleans())
def test_a_product_of_any_shape(dtype, sides, turned, with_bias):
    operands = made(*sides, turned, dtype, with_bias)
    multiply(*operands)
    check(*operands)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@settings(max_examples=settings.default.max_examples // 3)
@given(
    sides=st.permutations([TWO // 90**2 + 1, 90, 91]) | st.just((300, 7, FOUR // 2100 + 1)),
    turned=BOTH,
    with_bias=st.booleans(),
)
def test_no_bit_depends_on_the_number_of_threads(dtype, sides, turned, with_bias):
    operands = made(*sides, turned, dtype, with_bias)
    found = set()
    for count in (1, 2, 3):
        torch.set_num_threads(count)
        operands[-1].fill(np.nan)
        multiply(*operands)
        found.add(operands[-1].tobytes())
    check(*operands)
    assert len(found) == 1


@kernel(writes=("grad_x", "grad_w"))
def multiply_gradients(
    grad: Matrix, x: Matrix, weight: Matrix, grad_x: Matrix, grad_w: Matrix
) -> int:
    return gradient_products(grad, x, weight, grad_x, grad_w)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@settings(max_examples=settings.default.max_examples // 3)
@given(sides=st.sampled_from([(9, 8, 7), (128, 64, 64), (90, 91, TWO // 90**2 + 1), (0, 3, 4)]))
def test_two_products_at_once_are_what_each_is_alone(dtype, sides):
    N, M, K = sides
    draw = np.random.default_rng(N)
    shapes = (N, M), (N, K), (M, K)
    grad, x, weight = (draw.uniform(-1, 1, shape).astype(dtype) for shape in shapes)
    nothing = np.empty((0, K), dtype)

    def found(count, of_x=True, of_weight=True):
        torch.set_num_threads(count)
        grad_x = np.full_like(x, np.nan) if of_x else nothing
        grad_w = np.full_like(weight, np.nan) if of_weight else nothing
        multiply_gradients(grad, x, weight, grad_x, grad_w)
        return grad_x.tobytes(), grad_w.tobytes()

    alone = found(1, of_weight=False)[0], found(1, of_x=False)[1]
    assert found(1) == found(2) == found(3) == alone
    grad_x, grad_w = (np.frombuffer(each, dtype) for each in alone)
    check(grad, 0.0, weight, 0.0, np.empty(0, dtype), grad_x.reshape(N, K))
    check(grad, 1.0, x, 0.0, np.empty(0, dtype), grad_w.reshape(M, K))


def test_who_finds_the_team_at_work_multiplies_alone():
    operands = made(300, 100, TWO // 30000 + 1, (False, True), np.float32, True)
    multiply(*operands)
    expected = operands[-1].copy()
    operands[-1].fill(np.nan)
    threads._words[team.IN_USE // 8] = 1
    try:
        multiply(*operands)
    finally:
        threads._words[team.IN_USE // 8] = 0
    assert np.array_equal(operands[-1], expected)


@pytest.mark.parametrize(
    ("sides", "b_turned", "itemsize", "expected"),
    [
        ((24, 24, 1), True, 4, True),
        ((23, 1000, 1000), True, 4, False),
        ((1000, 23, 1000), True, 4, False),
        ((1000, 1000, 1000), True, 8, False),
        ((2**6, 2**6, 2**6), False, 4, True),  # two panels
        ((2**7, 2**7 - 1, 2**7), False, 4, False),
        ((2**7, 2**7 + 1, 2**7), False, 4, True),  # more than 2²¹ multiplications
    ],
)
def test_with_avx512_blocks_are_for_what_is_turned_or_large_or_in_whole_panels(
    sides, b_turned, itemsize, expected, monkeypatch
):
    for name, value in {"HAS_VECTORS": True, "IS_WIDE": True, "NARROW": 24, "WIDTH": 32}.items():
        monkeypatch.setattr(large_products, name, value)
    assert large_products.is_in_blocks.py_func(*sides, b_turned, itemsize) == expected


@pytest.mark.parametrize(
    ("sides", "itemsize", "expected"),
    [
        ((16, 16, 1), 4, True),
        ((15, 1000, 1000), 4, False),
        ((1000, 15, 1000), 4, False),
        ((1000, 100, 1000), 8, False),
        ((2**9, 2**9, 2**9 - 1), 4, True),
        ((2**9, 2**9, 2**9), 4, False),  # 2²⁷ multiplications: BLAS is ahead
    ],
)
def test_with_avx2_blocks_are_for_what_is_small(sides, itemsize, expected, monkeypatch):
    for name, value in {"HAS_VECTORS": True, "IS_WIDE": False, "NARROW": 16}.items():
        monkeypatch.setattr(large_products, name, value)
    for b_turned in (True, False):
        found = large_products.is_in_blocks.py_func(*sides, b_turned, itemsize)
        assert found == expected


def test_without_vectors_there_are_no_blocks(monkeypatch):
    monkeypatch.setattr(large_products, "HAS_VECTORS", False)
    assert not large_products.is_in_blocks.py_func(64, 64, 64, True, 4)


@pytest.mark.parametrize(
    ("sides", "in_blocks", "threads", "extent"),
    [  # by BLAS: by the number of multiplications alone
        ((2**7, 2**7, 2**7 - 1), False, 4, 128),
        ((2**7, 2**7, 2**7), False, 1, 64),  # 2²¹: two parts
        ((2**9, 2**7, 2**7 - 1), False, 4, 256),
        ((2**7, 2**9, 2**7), False, 1, 128),  # 2²³: four
        ((2**10, 2**10, 2**9 - 1), False, 4, 256),
        ((2**10, 2**10, 2**9), False, 1, 128),  # 2²⁹: eight
        ((2**10, 2**10, 2**11), False, 1, 128),
        # in blocks: one from each 2²⁰ on, at most two for a thread
        ((2**7, 2**7, 2**6 - 1), True, 4, 128),
        ((2**7, 2**7, 2**7), True, 4, 64),
        ((2**7, 2**7, 3 * 2**6), True, 4, 64),  # three, which are of whole grains
        ((2**7, 2**7, 2**8), True, 4, 32),
        ((2**9, 2**7, 2**9), True, 4, 64),
        ((2**9, 2**7, 2**9), True, 2, 128),
        ((2**9, 2**7, 2**9), True, 1, 256),
        ((33, 3, 3), True, 1, 64),
    ],
)
def test_how_long_parts_are(sides, in_blocks, threads, extent):
    assert extent_of_parts(*sides, in_blocks, threads) == extent


@pytest.fixture
def parts_done():
    """How many parts the team does of a product, or of two; -1 if it is not asked."""
    multiply(*made(2**7, 2**7, 2**7, (False, False), np.float64, False))  # has the team started
    if threads._words[team.UNDIVIDED // 8]:
        pytest.skip("no product is divided here")

    def done(kernel, *operands):
        threads._words[team.PARTS_DONE // 8] = -1
        kernel(*operands)
        return int(threads._words[team.PARTS_DONE // 8])

    return done


@pytest.mark.parametrize(("terms", "parts"), [(127, -1), (128, 2), (511, 2), (512, 4)])
def test_the_team_does_the_parts_of_a_product(terms, parts, parts_done):
    operands = made(2**7, 2**7, terms, (False, False), np.float64, False)
    for count in (1, 2, 3):
        torch.set_num_threads(count)
        assert parts_done(multiply, *operands) == (-1 if count == 1 else parts)


@pytest.mark.parametrize(("rows", "parts"), [(127, -1), (128, 2)])
def test_two_products_are_done_at_the_same_time_from_a_million_multiplications_on(
    rows, parts, parts_done
):
    torch.set_num_threads(2)
    grad, x, weight = np.ones((rows, 64)), np.ones((rows, 64)), np.ones((64, 64))
    results = np.empty_like(x), np.empty_like(weight)
    assert parts_done(multiply_gradients, grad, x, weight, *results) == parts


@given(
    sides=st.tuples(*[st.integers(1, 3000)] * 3),
    in_blocks=st.booleans(),
    threads=st.integers(1, 64),
)
def test_parts_are_few_and_cover_the_longer_side(sides, in_blocks, threads):
    rows, columns, terms = sides
    extent = extent_of_parts(rows, columns, terms, in_blocks, threads)
    parts = -(-max(rows, columns) // extent)
    assert extent % GRAIN == 0
    work = rows * columns * terms
    assert parts == 1 or work >= TWO
    if in_blocks:
        assert parts <= 2 * threads
    else:
        assert parts <= 8
        assert parts <= 4 or work >= EIGHT
        assert extent == extent_of_parts(rows, columns, terms, False, 1)


@given(
    sides=st.tuples(*[st.integers(1, 300)] * 3),
    grains=st.integers(1, 4),
    turned=BOTH,
    with_bias=st.booleans(),
    places=st.tuples(st.integers(0, 15), st.integers(0, 15)),
)
def test_each_number_of_the_result_is_in_one_part_which_reads_its_row_and_column(
    sides, grains, turned, with_bias, places
):
    rows, columns, terms = sides
    whole, part = (np.zeros(place + blas.WORDS, np.int64)[place:] for place in places)
    whole[[blas.ROWS, blas.COLUMNS, blas.TERMS]] = sides
    whole[[blas.A, blas.B, blas.OUT, blas.SIZE]] = 10**6, 2 * 10**6, 3 * 10**6, 4
    whole[blas.A_ROW], whole[blas.A_TURNED] = (rows, 1) if turned[0] else (terms, 0)
    whole[blas.B_ROW], whole[blas.B_TURNED] = (terms, 1) if turned[1] else (columns, 0)
    whole[blas.OUT_ROW], whole[blas.BIAS] = columns, 4 * 10**6 if with_bias else 0
    extent = grains * GRAIN
    parts_with = np.zeros((rows, columns), np.int64)
    for begin in range(0, max(rows, columns), extent):
        take_part(whole.ctypes.data, begin, extent, part.ctypes.data)
        row, column = divmod((part[blas.OUT] - whole[blas.OUT]) // 4, columns)
        count, width = part[blas.ROWS], part[blas.COLUMNS]
        assert count > 0 and width > 0
        parts_with[row : row + count, column : column + width] += 1
        assert part[blas.A] == whole[blas.A] + 4 * row * (1 if turned[0] else terms)
        assert part[blas.B] == whole[blas.B] + 4 * column * (terms if turned[1] else 1)
        assert part[blas.BIAS] == whole[blas.BIAS] + (4 * column if with_bias else 0)
        same = [blas.TERMS, blas.SIZE, blas.A_ROW, blas.A_TURNED, blas.B_ROW, blas.B_TURNED]
        assert (part[[*same, blas.OUT_ROW]] == whole[[*same, blas.OUT_ROW]]).all()
    assert (parts_with == 1).all()


SCRIPT = """
import sys
sys.path[:0] = {path!r}
import numpy as np, minigrad as torch
from minigrad import nn
torch.manual_seed(0)
layer, x = nn.Linear(256, 256), torch.rand(128, 256)
def step(x):
    layer.zero_grad()
    layer(x).sum().backward()
    return layer.weight.grad.sum()
compiled = torch.compile(step)
eager = step(x).item()
assert {{compiled(x).item() for _ in range(4)}} == {{eager}}
print(eager)
"""


def test_a_new_process_divides_from_its_first_product_on():
    command = [sys.executable, "-c", SCRIPT.format(path=sys.path)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert float(first.stdout) > 0
