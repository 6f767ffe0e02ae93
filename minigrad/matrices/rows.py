"""Rows that are normalised by statistics of their own, in float64.

Mean and variance of a row are taken in two passes, of which the second corrects the first, as
those of columns are (`kernels/moments.py`).
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import numpy as np

from ..kernels.blocks import part
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Operand
from ..kernels.lanes import LANES, filled, load, spread, store, widened
from ..kernels.moments import TILE
from ..kernels.sums import total_of, total_of_lanes
from .channels import affine_lanes, scaled_lanes

# A kernel's operand (2, N): the mean of each row, and 1 / sqrt(variance + eps).
PerRow: TypeAlias = Annotated[Array, Operand(2, "float64")]


def flops(x: Array, of_row: int, of_lanes: int) -> int:
    """The operations of a kernel on rows: six on each element, and on each row and its lanes."""
    N, C = x.shape
    return 6 * int(x.size) + N * (of_row + of_lanes * -(-C // LANES))


@exactly  # type: ignore[untyped-decorator]
def mean_and_variance(numbers: Array) -> tuple[float, float]:
    """The mean of numbers of either dtype, and their biased variance; 0 if that is infinite."""
    size = numbers.size
    mean = total_of(numbers) / size
    centre, left, squares = filled(mean), filled(0.0), filled(0.0)
    whole = size // LANES * LANES
    for k in range(0, whole, LANES):
        difference = widened(load(numbers, k, LANES)) - centre
        left = left + difference
        squares = squares + difference * difference
    lost, square = total_of_lanes(left), total_of_lanes(squares)
    for k in range(whole, size):
        last = np.float64(numbers[k]) - mean
        lost += last
        square += last * last
    if np.isfinite(square):
        mean += lost / size
        square -= lost * lost / size
    elif square == np.inf:  # of finite numbers; so that none of them less the mean is infinite
        mean = 0.0
    return mean, square / size


@exactly  # type: ignore[untyped-decorator]
def normalise(
    first: int, last: int, x: Array, weight: Array, bias: Array, eps: float, out: Array,
    stats: Array,
) -> int:  # fmt: skip
    """Write (x - mean) / sqrt(variance + eps) · weight + bias, for some rows, and statistics."""
    C = x.shape[1]
    for n in range(first, last):
        mean, variance = mean_and_variance(x[n])
        invstd = 1 / np.sqrt(variance + eps)
        stats[0, n], stats[1, n] = mean, invstd
        centre, factor = filled(mean), filled(invstd)
        for c in range(0, C, LANES):
            normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
            store(out, n * C + c, C - c, affine_lanes(normal, weight, bias, c))
    return 0


@exactly  # type: ignore[untyped-decorator]
def gradient_of_rows(
    first: int, last: int, grad: Array, x: Array, weight: Array, stats: Array, grad_x: Array
) -> int:
    """Write the gradient of some rows of x.

    It is (slope - mean of slope - normal · mean of slope · normal) · invstd, where slope is
    grad · weight and normal is x normalised.
    """
    C = x.shape[1]
    for n in range(first, last):
        centre, factor = filled(stats[0, n]), filled(stats[1, n])
        slopes, products = filled(0.0), filled(0.0)
        for c in range(0, C, LANES):
            slope = scaled_lanes(widened(load(grad, n * C + c, C - c)), weight, c)
            normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
            slopes, products = slopes + slope, products + slope * normal
        shift, product = filled(total_of_lanes(slopes) / C), filled(total_of_lanes(products) / C)
        for c in range(0, C, LANES):
            slope = scaled_lanes(widened(load(grad, n * C + c, C - c)), weight, c)
            normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
            store(grad_x, n * C + c, C - c, (slope - shift - normal * product) * factor)
    return 0


@exactly  # type: ignore[untyped-decorator]
def sums_of_parts(first: int, last: int, grad: Array, x: Array, stats: Array, sums: Array) -> int:
    """Write each part's sums of grad's columns and of their products with x normalised."""
    N, C = x.shape
    for k in range(first, last):
        block, rows, (begin, end) = part(k, x.shape)
        sum_grad, sum_product = sums[2 * block], sums[2 * block + 1]
        sum_grad[begin:end] = 0
        sum_product[begin:end] = 0
        for tile in range(rows[0], rows[1], TILE):
            for c in range(begin, end, LANES):
                total, product = load(sum_grad, c, C - c), load(sum_product, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    slope = widened(load(grad, n * C + c, C - c))
                    centred = widened(load(x, n * C + c, C - c)) - spread(stats, n)
                    total = total + slope
                    product = product + slope * (centred * spread(stats, N + n))
                store(sum_grad, c, C - c, total)
                store(sum_product, c, C - c, product)
    return 0
