"""Which indices come, if each has a weight? Those that PyTorch's multinomial draws.

With replacement, a uniform number is looked up in the running sum of the weights. Without, index i
waits for an exponentially distributed time of rate w_i, and the first to come are taken
(Efraimidis & Spirakis, "Weighted random sampling with a reservoir", 2006); so is a single one.
"""

from __future__ import annotations

import numpy as np

from minigrad.random import Generator
from minigrad.tensor import Array


def draw_weighted(
    generator: Generator, weights: Array, count: int, replacement: bool
) -> list[int]:
    """Indices below len(weights) with these weights, which are of float64."""
    if not replacement and count > weights.size:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    if not weights.size:
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    looked_up = replacement and count > 1
    _check_weights(weights, looked_up)
    uniform = np.empty(count if looked_up else weights.size)
    generator.uniform(uniform)
    if looked_up:
        below = np.cumsum(weights)
        below /= below[-1]
        return below.searchsorted(uniform).tolist()
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = weights / -np.log1p(-uniform)
    return np.argsort(-rates, kind="stable")[:count].tolist()


def _check_weights(weights: Array, looked_up: bool) -> None:
    """Raise unless the weights are finite, not below 0, and not all 0."""
    if not looked_up and not (np.isfinite(weights).all() and weights.min() >= 0):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if not (weights >= 0).all():
        raise RuntimeError("invalid multinomial distribution (encountering probability entry < 0)")
    if not np.isfinite(weights).all():
        raise RuntimeError(
            "invalid multinomial distribution (encountering probability entry = infinity or NaN)"
        )
    if weights.sum() <= 0:
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
