"""Which indices come, if each has a weight? Those that PyTorch's multinomial draws.

With replacement, a uniform number is looked up in the running sum of the weights. Without, index i
waits for an exponentially distributed time of rate w_i, and the first to come are taken
(Efraimidis & Spirakis, "Weighted random sampling with a reservoir", 2006); so is a single one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .generator import Generator

Array = np.ndarray[Any, Any]


def draw_weighted(generator: Generator, weights: Array, count: int, replacement: bool) -> Array:
    """For each row of weights, `count` indices into it: in the last dimension of the result."""
    if not replacement and count > weights.shape[-1]:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    if not len(weights) and weights.ndim > 1:
        return np.empty((0, count), np.int64)
    if not weights.size:
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    looked_up = replacement and count > 1
    _check_weights(weights, looked_up)
    if looked_up:
        rows = weights.reshape(-1, weights.shape[-1])
        found = np.stack([_looked_up(generator, row, count) for row in rows])
        return found.reshape(*weights.shape[:-1], count)
    uniform = np.empty_like(weights, np.float64)
    generator.uniform(uniform)
    waits = (-np.log1p(-uniform)).astype(weights.dtype, copy=False)
    with np.errstate(all="ignore"):
        rates = weights / waits
    return np.argsort(-rates, axis=-1, kind="stable")[..., :count]


def _looked_up(generator: Generator, weights: Array, count: int) -> Array:
    """`count` indices, of which any may come again."""
    uniform = np.empty(count)
    generator.uniform(uniform)
    below = np.cumsum(weights)
    below /= below[-1]
    return below.searchsorted(uniform)


def _check_weights(weights: Array, looked_up: bool) -> None:
    """Raise unless the weights are finite, not below 0, and not all 0 in any row."""
    if not looked_up and not (np.isfinite(weights).all() and weights.min() >= 0):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if not (weights >= 0).all():
        raise RuntimeError("invalid multinomial distribution (encountering probability entry < 0)")
    if not np.isfinite(weights).all():
        raise RuntimeError(
            "invalid multinomial distribution (encountering probability entry = infinity or NaN)"
        )
    if not weights.any(axis=-1).all():
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
