"""What does a row of scores lose if its target is probabilities, and what does the gradient want?

Label smoothing makes the probabilities more alike. For what a row wants see `gradient_of_rows` in
`class_scores`.
"""

from __future__ import annotations

from typing import Any

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, filled, load, scratch, store, widened
from ..kernels.sums import total_of_lanes
from ..matrices.channels import scaled_lanes
from .class_scores import evenly, logs_of_sums


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, weight: Array, smoothing: float,
    share: float, norms: Array,
) -> int:  # fmt: skip
    """Write the losses of some rows, from `first` on, and `norms` for the gradient."""
    C, last, even = x.shape[1], first + losses.size, evenly(share, scratch(1.0))
    logs_of_sums(x, first, norms[first:last], losses)
    for n in range(first, last):
        largest, log, sums = filled(norms[n, 0]), filled(losses[n - first]), filled(0.0)
        for c in range(0, C, LANES):
            missing = (largest - widened(load(x, n * C + c, C - c))) + log
            sums = sums + wanted_lanes(n, c, target, weight, smoothing, even) * missing
        losses[n - first] = total_of_lanes(sums)
    return 0


@exactly  # type: ignore[untyped-decorator]
def wanted_of(
    n: int, begin: int, wanted: Array, grad: Array, target: Array, weight: Array,
    smoothing: float, share: float, scale: float,
) -> float:  # fmt: skip
    """Write what row n wants from its score `begin` on; from 0 on, return the sum of all."""
    C, slope, sums = target.shape[1], grad[n] if scale == 0 else grad[0] * scale, filled(0.0)
    even = evenly(share, scratch(1.0))
    for c in range(0, C if begin == 0 else 0, LANES):
        sums = sums + wanted_lanes(n, c, target, weight, smoothing, even)
    for k in range(0, wanted.size, LANES):
        lanes = wanted_lanes(n, begin + k, target, weight, smoothing, even)
        store(wanted, k, wanted.size - k, lanes * filled(slope))
    return slope * total_of_lanes(sums)


@exactly  # type: ignore[untyped-decorator]
def wanted_lanes(
    n: int, c: int, target: Array, weight: Array, smoothing: float, even: Array
) -> Any:
    """The smoothed probabilities of classes from c on, times their weights."""
    C = target.shape[1]
    probabilities = widened(load(target, n * C + c, C - c)) * filled(1 - smoothing)
    return scaled_lanes(probabilities + load(even, 0, C - c), weight, c)
