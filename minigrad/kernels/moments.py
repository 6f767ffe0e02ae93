"""Means and variances of columns, and what gradients need of them, in float64.

In two passes, of which the second corrects the first (Chan, Golub & LeVeque, "Algorithms for
computing the sample variance", 1983, equation 1.7): the variance of a constant column is 0,
where one pass would leave rounding errors.
"""

from __future__ import annotations

import numpy as np

from .intrinsics import exactly
from .kernel import Array
from .lanes import LANES, load, store, widened

TILE = 16  # rows, of which the processor's nearest cache holds a few hundred columns
# Columns that one thread works on, at least: a cache line of float32. On two cores of an AMD EPYC
# training's forward pass of 10⁵ elements in 64 columns takes 96 µs so, and 150 with 32 at a time;
# but beyond the caches, where lines of memory are read in pieces, two threads gain nothing.
TOGETHER = 2 * LANES


@exactly  # type: ignore[untyped-decorator]
def groups_of(columns: int) -> int:
    """How many groups of TOGETHER columns there are, which threads may share."""
    return (columns + TOGETHER - 1) // TOGETHER


@exactly  # type: ignore[untyped-decorator]
def mean_and_variance(
    x: Array, begin: int, end: int, mean: Array, var: Array, left: Array
) -> None:
    """Write the mean and the biased variance of columns of x (N, C); `left` is for use here.

    `begin` is a multiple of LANES, and `end` as well or C. A column with an infinity has that as
    its mean, and no variance.
    """
    N, C = x.shape
    mean[begin:end] = 0
    var[begin:end] = 0
    left[begin:end] = 0  # what rounding left out of the mean, times N
    for first in range(0, N, TILE):
        for c in range(begin, end, LANES):
            total = load(mean, c, C - c)
            for n in range(first, min(first + TILE, N)):
                total = total + widened(load(x, n * C + c, C - c))
            store(mean, c, C - c, total)
    for c in range(begin, end):
        mean[c] /= N
    for first in range(0, N, TILE):
        for c in range(begin, end, LANES):
            centre, lost, squares = load(mean, c, C - c), load(left, c, C - c), load(var, c, C - c)
            for n in range(first, min(first + TILE, N)):
                difference = widened(load(x, n * C + c, C - c)) - centre
                lost = lost + difference
                squares = squares + difference * difference
            store(left, c, C - c, lost)
            store(var, c, C - c, squares)
    for c in range(begin, end):
        var[c] = (var[c] - left[c] * left[c] / N) / N
        if np.isfinite(left[c]):
            mean[c] += left[c] / N


@exactly  # type: ignore[untyped-decorator]
def gradient_sums(
    grad: Array, x: Array, begin: int, end: int, mean: Array, invstd: Array, sums: Array,
    grad_weight: Array, grad_bias: Array,
) -> None:  # fmt: skip
    """Write the sums, for some columns, of grad and of its products with x normalised.

    They are the gradients of bias and weight, which are written in their own dtype as well.
    """
    (N, C), sum_grad, sum_product = x.shape, sums[0], sums[1]
    sum_grad[begin:end] = 0
    sum_product[begin:end] = 0
    for first in range(0, N, TILE):
        for c in range(begin, end, LANES):
            centre, factor = widened(load(mean, c, C - c)), load(invstd, c, C - c)
            total, product = load(sum_grad, c, C - c), load(sum_product, c, C - c)
            for n in range(first, min(first + TILE, N)):
                slope = widened(load(grad, n * C + c, C - c))
                total = total + slope
                normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
                product = product + slope * normal
            store(sum_grad, c, C - c, total)
            store(sum_product, c, C - c, product)
    for c in range(begin, end):
        grad_weight[c], grad_bias[c] = sum_product[c], sum_grad[c]
