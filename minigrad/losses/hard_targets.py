"""What does a row of scores lose if its target is one class, and what does the gradient want?

Label smoothing leaves that class a part, and spreads the rest over all of them. For what a row
wants see `gradient_of_rows` in `class_scores`.
"""

from __future__ import annotations

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, filled, load, scratch, widened
from ..kernels.sums import total_of_lanes
from ..matrices.channels import scaled, scaled_lanes
from .class_scores import evenly, logs_of_sums
from .reduction import NONE


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, weight: Array, ignored: float,
    smoothing: float, share: float, norms: Array,
) -> int:  # fmt: skip
    """Write the losses of some rows, from `first` on, and `norms` for the gradient."""
    C, last, even = x.shape[1], first + losses.size, evenly(share, scratch(1.0))
    logs_of_sums(x, first, norms[first:last], losses)
    for n in range(first, last):
        t, largest, log, loss = target[n], norms[n, 0], losses[n - first], 0.0
        if t != ignored:
            if not 0 <= t < C:
                return 1
            loss = (1 - smoothing) * scaled((largest - x[n, t]) + log, weight, t)
            if smoothing > 0:
                loss += spread_over_all(n, x, weight, largest, log, even)
        losses[n - first] = loss
    return 0


@exactly  # type: ignore[untyped-decorator]
def spread_over_all(
    n: int, x: Array, weight: Array, largest: float, log: float, even: Array
) -> float:
    """The part of row n's loss that smoothing gives to all classes."""
    C, sums = x.shape[1], filled(0.0)
    for c in range(0, C, LANES):
        missing = (filled(largest) - widened(load(x, n * C + c, C - c))) + filled(log)
        sums = sums + load(even, 0, C - c) * scaled_lanes(missing, weight, c)
    return total_of_lanes(sums)


@exactly  # type: ignore[untyped-decorator]
def wanted_of(
    n: int, begin: int, wanted: Array, grad: Array, target: Array, weight: Array, divisor: Array,
    ignored: float, smoothing: float, reduction: float, classes: int, all_weights: float,
) -> float:  # fmt: skip
    """Write what row n wants from its score `begin` on; return the sum of all that it wants."""
    t, soft, hard = target[n], 0.0, 0.0
    if t != ignored and 0 <= t < classes:  # whatever was written there since
        slope = grad[n if reduction == NONE else 0] / divisor[0]
        hard = slope * scaled(1 - smoothing, weight, t)
        soft = slope * (smoothing / classes) if smoothing > 0 else 0.0
    sum = hard + soft * all_weights if smoothing > 0 else hard  # ∞ · 0 is NaN
    for k in range(wanted.size):  # weights may be infinite
        wanted[k] = scaled(soft, weight, begin + k) if smoothing > 0 else 0.0
    if hard != 0 and begin <= t < begin + wanted.size:
        wanted[t - begin] += hard
    return sum
