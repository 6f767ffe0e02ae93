"""What BatchNorm keeps between batches: moving averages of mean and variance, and a counter.

They are changed in place by a kernel, so that a recorded step changes them as well.
"""

from __future__ import annotations

import numpy as np

from . import dtypes
from .arrays import assign, contiguous
from .kernels.kernel import FlatOfInt64, Scalar, ScalarOfFloat64, Vector, VectorOfFloat64, kernel
from .launch import launch
from .tensor import Tensor


@kernel(
    writes=("running_mean", "running_var", "counter"),
    flops=lambda mean, counter: 11 * mean.size + 2 * counter.size,
)
def average(
    running_mean: Vector,
    running_var: Vector,
    mean: VectorOfFloat64,
    var: VectorOfFloat64,
    counter: FlatOfInt64,
    count: ScalarOfFloat64,
    momentum: ScalarOfFloat64,
    by_counter: Scalar,
) -> None:
    factor = momentum
    if counter.size:
        counter[0] += 1
        if by_counter != 0:
            factor = 1 / counter[0]
    for c in range(mean.size):
        unbiased = var[c] * count / (count - 1)
        running_mean[c] = (1 - factor) * running_mean[c] + factor * mean[c]
        running_var[c] = (1 - factor) * running_var[c] + factor * unbiased


NO_COUNTER = np.empty(0, np.int64)


def update_(
    running_mean: Tensor,
    running_var: Tensor,
    mean: Tensor,
    var: Tensor,
    count: int,
    momentum: float | None,
    counter: Tensor | None,
) -> None:
    """Move running statistics towards those of a batch, in place, and count it.

    The statistics' versions do not count this as a change: a layer does it at each call, and no
    gradient needs what they were.

    Parameters
    ----------
    running_mean, running_var : Tensor (C,)
    mean, var : Tensor (C,) of float64, as `batch_norm` returns them; var is the biased one
    count : how many elements each was taken over; the running variance gets the unbiased one
    momentum : the weight of the new statistics; None: 1 / counter, the mean over all batches
    counter : tensor of one element, how many batches there were before this one
    """
    means, variances = mean.array, var.array
    if not (
        means.shape == running_mean.array.shape
        and means.shape == variances.shape == running_var.array.shape
    ):
        raise RuntimeError(
            f"running statistics of shapes {running_mean.array.shape} and "
            f"{running_var.array.shape} cannot follow {means.shape} and {variances.shape}"
        )
    if momentum is None and (counter is None or counter.array.size != 1):
        raise RuntimeError("momentum None needs a counter of batches with one element")
    batches = NO_COUNTER
    if counter is not None:
        integer = counter.array.dtype == np.int64
        batches = counter.array if integer else counter.to(dtypes.int64).array
    work_mean, work_var = contiguous(running_mean.array), contiguous(running_var.array)
    factor, by_counter = (0.0, 1.0) if momentum is None else (momentum, 0.0)
    settings = float(count), factor, by_counter
    launch(average, work_mean, work_var, means, variances, batches, *settings)
    if work_mean is not running_mean.array:
        launch(assign, work_mean, running_mean.array)
    if work_var is not running_var.array:
        launch(assign, work_var, running_var.array)
    if counter is not None and batches is counter.array:
        counter._bump_version()
    elif counter is not None:
        counter.add_(1)
