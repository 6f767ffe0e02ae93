"""What is lost by a logit x with a target, and how steeply?

The loss is -(target · log s + (1 - target) · log(1 - s)), where s is the sigmoid of x. Its slope
is (1 - target) · s - target · (1 - s), which is s - target where no weight makes it more.
"""

from __future__ import annotations

import numpy as np

from ..kernels import wide
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..matrices.channels import scaled


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, weight: Array, pos_weight: Array
) -> int:
    """Write some losses, from `first` on; `weight` is of all, `pos_weight` of positive targets."""
    last = first + losses.size
    some, wanted = x[first:last], target[first:last]
    of_each, of_positive = weight[first:last], pos_weight[first:last]
    for k in range(some.size):
        logit, negative = np.float64(some[k]), 1.0 - wanted[k]
        positive = scaled(np.float64(wanted[k]), of_positive, k)
        linear = negative * logit if logit >= 0 else -positive * logit
        both = negative + positive if pos_weight.size else 1.0  # however large the target is
        linear = linear if logit > -np.inf else negative * logit - both * logit
        rest = both * wide.log_of_1_plus_exp(-abs(logit), 0.0, some[k])
        losses[k] = scaled(linear + rest, of_each, k)
    return 0


@exactly  # type: ignore[untyped-decorator]
def slopes_of(
    first: int, slopes: Array, x: Array, target: Array, pos_weight: Array, positive: Array
) -> None:
    """Write the derivatives of some losses that have no weight; `positive` is for use here.

    In short loops, each of which becomes vector code.
    """
    last = first + slopes.size
    some, wanted, of_positive = x[first:last], target[first:last], pos_weight[first:last]
    for k in range(slopes.size):
        positive[k] = scaled(np.float64(wanted[k]), of_positive, k)
    for k in range(slopes.size):
        decay = wide.exp_of_falling(-abs(np.float64(some[k])), some[k])
        larger = 1.0 / (1.0 + decay)  # of the sigmoid and what it lacks of 1
        s = larger if some[k] > 0 else decay * larger
        rest = decay * larger if some[k] > 0 else larger
        slopes[k] = (1.0 - wanted[k]) * s - positive[k] * rest
