"""What BatchNorm keeps between batches: moving averages of mean and variance, and a counter.

They are changed in place by two kernels, so that a recorded step changes them as well.
"""

from __future__ import annotations

import numpy as np

from . import dtypes
from .arrays import assign, contiguous
from .kernels.kernel import FlatOfInt64, Scalar, ScalarOfFloat64, Vector, VectorOfFloat64, kernel
from .launch import empty, launch
from .tensor import Tensor


@kernel(writes=("counter",), flops=1)
def add_to_counter(counter: FlatOfInt64, amount: Scalar) -> None:
    for i in range(counter.size):
        counter[i] += amount


@kernel(
    writes=("running_mean", "running_var"),
    flops=lambda mean, counter: 11 * mean.size + counter.size,
)
def average(
    running_mean: Vector,
    running_var: Vector,
    mean: VectorOfFloat64,
    var: VectorOfFloat64,
    counter: FlatOfInt64,
    count: ScalarOfFloat64,
    momentum: ScalarOfFloat64,
) -> None:
    factor = 1 / counter[0] if counter.size else momentum
    for c in range(mean.size):
        unbiased = var[c] * count / (count - 1)
        running_mean[c] = (1 - factor) * running_mean[c] + factor * mean[c]
        running_var[c] = (1 - factor) * running_var[c] + factor * unbiased


def increment_(counter: Tensor) -> None:
    """Add 1 in place, to an int64 tensor or to one that was converted with its module."""
    if counter.array.dtype.kind != "i":
        counter.add_(1)
        return
    launch(add_to_counter, counter.array, 1.0)
    counter._bump_version()


def update_(
    running_mean: Tensor,
    running_var: Tensor,
    mean: Tensor,
    var: Tensor,
    count: int,
    momentum: float | None,
    counter: Tensor | None,
) -> None:
    """Move running statistics towards those of a batch, in place, which is no change of theirs.

    Their versions do not count it: a layer does so at each call, and no gradient needs the former.

    Parameters
    ----------
    running_mean, running_var : Tensor (C,)
    mean, var : Tensor (C,) of float64, as `batch_norm` returns them; var is the biased one
    count : how many elements each was taken over; the running variance gets the unbiased one
    momentum : the weight of the new statistics; None: 1 / counter, the mean over all batches
    counter : tensor, how many batches there were with this one
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
    batches = empty((0,), np.int64)
    if momentum is None:
        if counter is None or counter.array.size != 1:
            raise RuntimeError("momentum None needs a counter of batches with one element")
        batches = counter.to(dtypes.int64).array
    factor = 0.0 if momentum is None else float(momentum)
    work_mean, work_var = contiguous(running_mean.array), contiguous(running_var.array)
    launch(average, work_mean, work_var, means, variances, batches, float(count), factor)
    if work_mean is not running_mean.array:
        launch(assign, work_mean, running_mean.array)
    if work_var is not running_var.array:
        launch(assign, work_var, running_var.array)
