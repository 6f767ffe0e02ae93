"""Logarithms of the probabilities that rows of scores stand for, in kernels and in definitions.

For scores x (N, C), log p = x - log(sum(exp(x))), the sum over a row. Its largest score is taken
out of the sum first, so nothing overflows, and where one class is nearly certain, what the others
add to its 1 is kept apart, so that the little which is missing to certainty is not lost.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels.elementary import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import scratch
from ..kernels.reshaping import with_shape
from ..launch import empty, launch
from ..matrices.lines import BLOCK, exponentials, powers_of, scale_lines, together
from ..tensor import Tensor


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
    lines, memory = as_lines(scores), scratch(1.0)
    for j in range(0, len(norms), together(lines)):
        own = norms[j : j + together(lines)]
        largest, sums = exponentials(lines, first + j, len(own), memory)
        for k in range(len(own)):
            own[k, 0], own[k, 1] = largest[k], 1.0 / (1.0 + sums[k])
            logs[j + k] = math.log1p(sums[k])


@exactly  # type: ignore[untyped-decorator]
def probabilities(scores: Array, first: int, begin: int, norms: Array, memory: Array) -> Array:
    """The softmax of rows from `first` on, as many as there are norms, a row after another.

    Of rows longer than a block only what follows their score `begin`.
    """
    each = memory[BLOCK:][: len(norms)]
    for j in range(len(norms)):  # to assign slices brings what reshape brings: see `reshaping`
        each[j] = norms[j, 0]
    shares = powers_of(as_lines(scores), first, len(norms), begin, each, memory)
    for j in range(len(norms)):
        each[j] = norms[j, 1]
    scale_lines(shares, each)
    return shares


@exactly  # type: ignore[untyped-decorator]
def gradient_of_rows(
    first: int, last: int, wanted_of: Any, x: Array, norms: Array, operands: Any, grad_x: Array
) -> int:
    """Write the gradients of some rows of scores, as a body of `share`.

    They are probability · sum - wanted. `wanted_of(n, begin, wanted, *operands)` writes what row n
    wants from its score `begin` on, and returns the sum of all that it wants.
    """
    C, memory, count = x.shape[1], scratch(1.0), together(as_lines(x))
    for i in range(first, last, count):
        end = min(i + count, last)
        for begin in range(0, C, BLOCK):
            shares = probabilities(x, i, begin, norms[i:end], memory)
            for n in range(i, end):
                out = grad_x[n, begin : begin + BLOCK]
                own = shares[(n - i) * out.size : (n - i + 1) * out.size]
                wanted = memory[2 * BLOCK :][: out.size]
                sum = wanted_of(n, begin, wanted, *operands)
                for k in range(out.size):
                    out[k] = own[k] * sum - wanted[k]
    return 0


def log_probabilities(x: Tensor) -> Tensor:
    """The logarithm of the softmax of each row of x (N, C), for definitions."""
    largest = empty((x.array.shape[0], 1), x.array.dtype)
    launch(_largest, x.array, largest)
    shifted = x - Tensor(largest)
    return shifted - shifted.exp().sum(1, keepdim=True).log()


def _largest(x: Array, out: Array) -> None:
    np.max(x, axis=1, keepdims=True, initial=-np.inf, out=out)
