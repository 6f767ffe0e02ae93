"""How are small matrices multiplied without leaving the processor's registers?

BLAS packs matrices before it multiplies them and is made for large ones. For the few rows and
columns of a small layer that takes longer than the sums. Here eight rows of the result, eight
columns each, are eight values in registers; each goes once through a row of A and the columns
of B, and is written once.
"""

from __future__ import annotations

from .halves import half_of
from .intrinsics import exactly
from .kernel import Array
from .lanes import LANES, add_product, load, spread, store, widened
from .reshaping import with_shape

ROWS = 8  # as many sums as a processor needs under way to start one or two at every tick


@exactly  # type: ignore[untyped-decorator]
def multiply(
    a: Array,
    row_step: int,
    step: int,
    rows: int,
    length: int,
    b: Array,
    columns: int,
    start: Array,
    out: Array,
) -> None:
    """Write A · B + start into out (rows, columns).

    A (rows, length) lies in `a` with the given steps from row to row and within a row, so it may
    be a matrix or one transposed. B is (length, columns) in memory, start (columns,), or empty
    for 0. Each sum is taken in order, whatever the sizes.
    """
    for j in range(0, columns, LANES):
        count = columns - j
        begin = load(start, j, start.size - j)
        for i in range(rows if rows < ROWS else 0):
            sum0 = begin
            for k in range(length):
                factor = load(b, k * columns + j, count)
                sum0 = add_product(sum0, spread(a, i * row_step + k * step), factor)
            store(out, i * columns + j, count, sum0)
        for first in range(0, rows if rows >= ROWS else 0, ROWS):
            # The last ones perhaps include rows that are done: shorter than code for fewer.
            i = min(first, rows - ROWS)
            sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = begin
            for k in range(length):
                factor = load(b, k * columns + j, count)
                at = i * row_step + k * step
                sum0 = add_product(sum0, spread(a, at), factor)
                sum1 = add_product(sum1, spread(a, at + row_step), factor)
                sum2 = add_product(sum2, spread(a, at + 2 * row_step), factor)
                sum3 = add_product(sum3, spread(a, at + 3 * row_step), factor)
                sum4 = add_product(sum4, spread(a, at + 4 * row_step), factor)
                sum5 = add_product(sum5, spread(a, at + 5 * row_step), factor)
                sum6 = add_product(sum6, spread(a, at + 6 * row_step), factor)
                sum7 = add_product(sum7, spread(a, at + 7 * row_step), factor)
            to = i * columns + j
            store(out, to, count, sum0)
            store(out, to + columns, count, sum1)
            store(out, to + 2 * columns, count, sum2)
            store(out, to + 3 * columns, count, sum3)
            store(out, to + 4 * columns, count, sum4)
            store(out, to + 5 * columns, count, sum5)
            store(out, to + 6 * columns, count, sum6)
            store(out, to + 7 * columns, count, sum7)


@exactly  # type: ignore[untyped-decorator]
def small_gradient_products(
    grad: Array, x: Array, weight: Array, grad_x: Array, grad_weight: Array
) -> None:
    """Write grad · weight into `grad_x` and gradᵀ · x into `grad_weight`, those not empty."""
    (N, M), K = grad.shape, x.shape[1]
    nothing = with_shape(grad, (grad.size,))[:0]
    if grad_x.size:
        multiply(grad, M, 1, N, M, weight, K, nothing, grad_x)
    if grad_weight.size:
        multiply(grad, 1, M, M, N, x, K, nothing, grad_weight)


@exactly  # type: ignore[untyped-decorator]
def column_sums(x: Array, sums: Array) -> None:
    """Write the sums of the first `sums.size` columns of x (N, C), taken in float64.

    They are those of both halves of the rows, added: see `halves`.
    """
    N, C = x.shape
    half = half_of(N)
    sums[:] = 0
    for c in range(0, sums.size, LANES):
        first = second = widened(load(sums, c, sums.size - c))
        for n in range(half):
            first = first + widened(load(x, n * C + c, C - c))
        for n in range(half, N):
            second = second + widened(load(x, n * C + c, C - c))
        store(sums, c, sums.size - c, first + second)


@exactly  # type: ignore[untyped-decorator]
def sums_of_half(x: Array, sums: Array) -> None:
    """Write the sums of the first `sums.size` columns of one half of the rows in float64."""
    N, C = x.shape
    sums[:] = 0
    for c in range(0, sums.size, LANES):
        total = load(sums, c, sums.size - c)
        for n in range(N):
            total = total + widened(load(x, n * C + c, C - c))
        store(sums, c, sums.size - c, total)
