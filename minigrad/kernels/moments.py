"""Means and variances of columns, and what gradients need of them, in float64.

In two passes, of which the second corrects the first (Chan, Golub & LeVeque, "Algorithms for
computing the sample variance", 1983, equation 1.7): the variance of a constant column is 0,
where one pass would leave rounding errors.

They are taken of each part of a matrix (`blocks`), whose two passes stay in a cache, and then put
together in order (equation 2.1 of the same paper).
"""

from __future__ import annotations

import numpy as np

from .blocks import blocks_of, part, parts_of
from .intrinsics import exactly
from .kernel import Array
from .lanes import LANES, load, store, widened
from .sharing import share

TILE = 16  # rows, of which the processor's nearest cache holds a few hundred columns
# Of a block: means, squared distances from them, and what rounding left out of the means.
MOMENTS = 3


def moments_of(x: Array) -> tuple[int, int]:
    """The shape of the moments that `mean_and_variance` takes of x's blocks."""
    blocks, _ = blocks_of.py_func(x.shape)
    return (0 if blocks == 1 else MOMENTS * blocks), x.shape[1]


def sums_of(x: Array) -> tuple[int, int]:
    """The shape of the sums that `gradient_sums` takes of x's blocks."""
    return 2 * blocks_of.py_func(x.shape)[0], x.shape[1]


def flops_of_moments(x: Array) -> int:
    """The operations that `mean_and_variance` does."""
    blocks, _ = blocks_of.py_func(x.shape)
    return 5 * x.size + (7 if blocks == 1 else 7 + 15 * blocks) * int(x.shape[1])


def flops_of_sums(x: Array) -> int:
    """The operations that `gradient_sums` does."""
    return 5 * x.size + flops_of_blocks(x)


def flops_of_blocks(x: Array) -> int:
    """The operations that `add_blocks` does."""
    return 2 * (blocks_of.py_func(x.shape)[0] - 1) * int(x.shape[1])


@exactly  # type: ignore[untyped-decorator]
def mean_and_variance(x: Array, stats: Array, moments: Array) -> int:
    """Write the mean and the biased variance of columns of x (N, C) to the first rows of `stats`.

    It has MOMENTS rows. `moments` has as many for each block, or none if there is but one. A
    column with an infinity has that as its mean, and no variance. The status is `share`'s.
    """
    N, C = x.shape
    alone = blocks_of(x.shape)[0] == 1
    status = share(moments_of_parts, parts_of(x.shape), x.size, (x, stats if alone else moments))
    if not alone:
        put_together(x.shape, moments, stats[0], stats[1], stats[2])
    for c in range(C):
        stats[1, c] /= N
    return status


@exactly  # type: ignore[untyped-decorator]
def moments_of_parts(first: int, last: int, x: Array, moments: Array) -> int:
    """Write the means of each part's columns, and the squared distances from them, added up."""
    C = x.shape[1]
    for k in range(first, last):
        block, rows, (begin, end) = part(k, x.shape)
        at, count = MOMENTS * block, rows[1] - rows[0]
        mean, squares, left = moments[at], moments[at + 1], moments[at + 2]
        mean[begin:end] = 0
        squares[begin:end] = 0
        left[begin:end] = 0  # what rounding left out of the mean, times the rows
        for tile in range(rows[0], rows[1], TILE):
            for c in range(begin, end, LANES):
                total = load(mean, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    total = total + widened(load(x, n * C + c, C - c))
                store(mean, c, C - c, total)
        for c in range(begin, end):
            mean[c] /= count
        for tile in range(rows[0], rows[1], TILE):
            for c in range(begin, end, LANES):
                centre = load(mean, c, C - c)
                lost, total = load(left, c, C - c), load(squares, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    difference = widened(load(x, n * C + c, C - c)) - centre
                    lost = lost + difference
                    total = total + difference * difference
                store(left, c, C - c, lost)
                store(squares, c, C - c, total)
        correct(mean, squares, left, count, begin, end)
    return 0


@exactly  # type: ignore[untyped-decorator]
def put_together(
    shape: tuple[int, int], moments: Array, mean: Array, squares: Array, left: Array
) -> None:
    """Write the means of all rows, and the squared distances from them, from those of blocks."""
    (N, C), (blocks, rows) = shape, blocks_of(shape)
    mean[:] = 0
    squares[:] = 0
    left[:] = 0
    for block in range(blocks):
        count = min(rows, N - block * rows)
        for c in range(C):
            mean[c] += count * moments[MOMENTS * block, c]
    for c in range(C):
        mean[c] /= N
    for block in range(blocks):
        count = min(rows, N - block * rows)
        for c in range(C):
            difference = moments[MOMENTS * block, c] - mean[c]
            left[c] += count * difference
            squares[c] += moments[MOMENTS * block + 1, c] + count * difference * difference
    correct(mean, squares, left, N, 0, C)


@exactly  # type: ignore[untyped-decorator]
def correct(mean: Array, squares: Array, left: Array, count: int, begin: int, end: int) -> None:
    """Take what rounding left out of some means into account."""
    for c in range(begin, end):
        if np.isfinite(squares[c]):
            squares[c] -= left[c] * left[c] / count
            mean[c] += left[c] / count


@exactly  # type: ignore[untyped-decorator]
def gradient_sums(
    grad: Array, x: Array, mean: Array, invstd: Array, sums: Array, grad_weight: Array,
    grad_bias: Array,
) -> int:  # fmt: skip
    """Write the sums of grad's columns and of their products with x normalised to `sums`.

    They are its first two rows; it has two for each block. As the gradients of bias and weight
    they are written in their own dtype as well. The status is `share`'s.
    """
    operands = grad, x, mean, invstd, sums
    status = share(gradient_sums_of_parts, parts_of(x.shape), x.size, operands)
    add_blocks(x.shape, sums, grad_weight, grad_bias)
    return status


@exactly  # type: ignore[untyped-decorator]
def add_blocks(shape: tuple[int, int], sums: Array, grad_weight: Array, grad_bias: Array) -> None:
    """Add the two sums that each block has of its columns to the first one's, and write them."""
    for block in range(1, blocks_of(shape)[0]):
        for c in range(shape[1]):
            sums[0, c] += sums[2 * block, c]
            sums[1, c] += sums[2 * block + 1, c]
    for c in range(shape[1]):
        grad_weight[c], grad_bias[c] = sums[1, c], sums[0, c]


@exactly  # type: ignore[untyped-decorator]
def gradient_sums_of_parts(
    first: int, last: int, grad: Array, x: Array, mean: Array, invstd: Array, sums: Array
) -> int:
    """Write each part's sums of grad's columns and of their products with x normalised."""
    C = x.shape[1]
    for k in range(first, last):
        block, rows, (begin, end) = part(k, x.shape)
        sum_grad, sum_product = sums[2 * block], sums[2 * block + 1]
        sum_grad[begin:end] = 0
        sum_product[begin:end] = 0
        for tile in range(rows[0], rows[1], TILE):
            for c in range(begin, end, LANES):
                centre, factor = widened(load(mean, c, C - c)), load(invstd, c, C - c)
                total, product = load(sum_grad, c, C - c), load(sum_product, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    slope = widened(load(grad, n * C + c, C - c))
                    total = total + slope
                    normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
                    product = product + slope * normal
                store(sum_grad, c, C - c, total)
                store(sum_product, c, C - c, product)
    return 0
