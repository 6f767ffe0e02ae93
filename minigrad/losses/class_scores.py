"""Logarithms of the probabilities that rows of scores stand for, in kernels and in definitions.

For scores x (N, C), log p = x - log(sum(exp(x))), the sum over a row. Its largest score is taken
out of the sum first, so nothing overflows, and where one class is nearly certain, what the others
add to its 1 is kept apart, so that the little which is missing to certainty is not lost.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels import wide
from ..kernels.elementary import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import scratch
from ..kernels.sums import largest_of, total_of
from ..launch import empty, launch
from ..tensor import Tensor
from .reduction import BLOCK

# From so many classes on by blocks: a thousand rows of 48 take 137 µs so and 186 in turn, of 10
# 90 and 69, on one core of an AMD EPYC.
FEW = 32


@exactly  # type: ignore[untyped-decorator]
def _of_few(scores: Array) -> Any:
    """The largest score, and the sum of exp(score - largest) of the others."""
    largest, at = -np.inf, -1
    for c in range(scores.size):
        if scores[c] > largest:
            largest, at = np.float64(scores[c]), c
    others = largest - largest  # 0, or NaN where the largest is infinite
    for c in range(scores.size):
        if c != at:
            others += wide.exp(scores[c] - largest, scores[c])
    return largest, others


@exactly  # type: ignore[untyped-decorator]
def _of_many(scores: Array) -> Any:
    """The same, of so many at a time that vectors do it."""
    powers, largest, at = scratch(1.0), -np.inf, 0
    for first in range(0, scores.size, BLOCK):
        some = scores[first : first + BLOCK]
        for k in range(some.size):
            powers[k] = some[k]
        largest = max(largest, largest_of(powers[: some.size]))
    while at < scores.size and scores[at] != largest:
        at += 1
    others = largest - largest  # 0, or NaN where the largest is infinite
    for first in range(0, scores.size, BLOCK):
        some = scores[first : first + BLOCK]
        for k in range(some.size):
            powers[k] = wide.exp(some[k] - largest, some[k])
        if first <= at < first + some.size:
            powers[at - first] = 0.0
        others += total_of(powers[: some.size])
    return largest, others


@exactly  # type: ignore[untyped-decorator]
def log_of_sum(scores: Array, norm: Array) -> Any:
    """A row's largest score, and the logarithm of the sum of exp(score - largest), in float64.

    Their sum is the logarithm of the row's sum of exp. A NaN or an infinity makes it NaN. What
    `probability` needs of them is written into `norm`, two numbers.
    """
    largest, others = _of_few(scores) if scores.size < FEW else _of_many(scores)
    norm[0], norm[1] = largest, 1.0 / (1.0 + others)
    return largest, math.log1p(others)


@exactly  # type: ignore[untyped-decorator]
def probability(score: Any, norm: Array) -> Any:
    """The softmax of a row at one of its scores, in float64."""
    return wide.exp(score - norm[0], score) * norm[1]


def log_probabilities(x: Tensor) -> Tensor:
    """The logarithm of the softmax of each row of x (N, C), for definitions."""
    largest = empty((x.array.shape[0], 1), x.array.dtype)
    launch(_largest, x.array, largest)
    shifted = x - Tensor(largest)
    return shifted - shifted.exp().sum(1, keepdim=True).log()


def _largest(x: Array, out: Array) -> None:
    np.max(x, axis=1, keepdims=True, initial=-np.inf, out=out)
