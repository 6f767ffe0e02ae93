"""Logarithms of the probabilities that rows of scores stand for, in kernels and in definitions.

For scores x (N, C), log p = x - log(sum(exp(x))), the sum over a row. Its largest score is taken
out of the sum first, so nothing overflows, and where one class is nearly certain, what the others
add to its 1 is kept apart, so that the little which is missing to certainty is not lost.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, filled, load, scratch, store
from ..kernels.reshaping import with_shape
from ..kernels.wide import log1p
from ..launch import empty, launch
from ..matrices.lines import BLOCK, exponentials, flops, powers_of, together
from ..tensor import Tensor, tensor_of


@exactly  # type: ignore[untyped-decorator]
def as_lines(scores: Array) -> Array:
    """Rows (N, C) as lines (N, C, 1)."""
    N, C = scores.shape
    return with_shape(scores, (N, C, 1))


@exactly  # type: ignore[untyped-decorator]
def logs_of_sums(scores: Array, first: int, norms: Array, logs: Array) -> None:
    """Of rows from `first` on, as many as there are norms, what their probabilities come from.

    `logs` are of the sum of exp(score - largest), in float64. Together with the largest score,
    the first of a row's two norms, it is the logarithm of the row's sum of exp. A NaN or an
    infinity makes it NaN. The second norm is the largest's probability.
    """
    lines, memory = as_lines(scores), scratch(scores)
    of_lines, powers = scratch(1.0), scratch(1.0)  # with all digits: gradients may be small
    for j in range(0, len(norms), together(lines)):
        own = norms[j : j + together(lines)]
        largest, sums = exponentials(lines, first + j, len(own), memory, of_lines, powers)
        for k in range(len(own)):
            own[k, 0], own[k, 1] = largest[k], 1.0 / (1.0 + sums[k])
            logs[j + k] = log1p(sums[k], scores.dtype.type(0))


@exactly  # type: ignore[untyped-decorator]
def evenly(share: float, memory: Array) -> Array:
    """What label smoothing gives to each class, as many times as there are lanes.

    Where a row has fewer classes left than that, so many are loaded, and zeros for the others.
    """
    for k in range(LANES):
        memory[k] = share
    return memory[:LANES]


@exactly  # type: ignore[untyped-decorator]
def gradient_of_rows(
    first: int, last: int, wanted_of: Any, x: Array, norms: Array, operands: Any, grad_x: Array
) -> int:
    """Write the gradients of some rows of scores, as a body of `share`.

    They are probability · sum - wanted. `wanted_of(n, begin, wanted, *operands)` writes what row n
    wants from its score `begin` on, and returns the sum of all that it wants if that is its first.
    """
    C, memory, own, count = x.shape[1], scratch(x), scratch(1.0), together(as_lines(x))
    largest, sums, more = own[:BLOCK], own[BLOCK : 2 * BLOCK], own[3 * BLOCK :]
    for i in range(first, last, count):
        rows = min(count, last - i)
        for j in range(rows):
            largest[j] = norms[i + j, 0]
        for begin in range(0, C, BLOCK):
            powers = powers_of(as_lines(x), i, rows, begin, largest[:rows], memory, more)
            width = powers.size // rows
            wanted = own[2 * BLOCK :][:width]
            for j in range(rows):
                sum = wanted_of(i + j, begin, wanted, *operands)
                sums[j] = sum if begin == 0 else sums[j]
                share, all_wanted = filled(norms[i + j, 1]), filled(sums[j])
                for k in range(0, width, LANES):
                    left = width - k
                    probability = load(powers, j * width + k, left) * share
                    result = probability * all_wanted - load(wanted, k, left)
                    store(grad_x, (i + j) * C + begin + k, left, result)
    return 0


def flops_of_rows(scores: Array, of_each: int, of_row: int, of_lanes: int) -> int:
    """The operations of a kernel on rows: on each score, row and eight scores of a row."""
    return flops(scores[:, :, np.newaxis], of_each, of_row, of_lanes)


def log_probabilities(x: Tensor) -> Tensor:
    """The logarithm of the softmax of each row of x (N, C), for definitions."""
    largest = empty((x.array.shape[0], 1), x.array.dtype)
    launch(_largest, x.array, largest)
    shifted = x - tensor_of(largest)
    return shifted - shifted.exp().sum(1, keepdim=True).log()


def _largest(x: Array, out: Array) -> None:
    np.max(x, axis=1, keepdims=True, initial=-np.inf, out=out)
