"""What a loss does with the losses of its elements: nothing, their mean or their sum."""

from __future__ import annotations

import math
from typing import Any

from ..kernels.elementary import add_compensated, exactly
from ..kernels.kernel import Array

# How a kernel is told which, where the mean is not over all elements. The numbers are PyTorch's.
NONE, MEAN, SUM = 0.0, 1.0, 2.0
CODES = {"none": NONE, "mean": MEAN, "sum": SUM}


def scale_of(reduction: str, count: int) -> float | None:
    """What the sum of `count` losses is multiplied with; None if each is given by itself.

    >>> scale_of("mean", 4), scale_of("sum", 4), scale_of("none", 4), scale_of("mean", 0)
    (0.25, 1.0, None, nan)
    """
    if reduction == "none":
        return None
    if reduction != "mean":
        return 1.0
    return 1.0 / count if count else math.nan


@exactly  # type: ignore[untyped-decorator]
def corrected(total: Any, correction: Any) -> Any:
    """What `add_compensated` has added up; of an infinite sum the correction would be NaN."""
    return total + correction if math.isfinite(total) else total


@exactly  # type: ignore[untyped-decorator]
def collect(
    losses: Array, first: int, scale: float, out: Array, total: Any, correction: Any
) -> tuple[Any, Any]:
    """Write losses to `out` from `first` on if `scale` is 0, else add them to a sum."""
    for k in range(losses.size):
        if scale == 0:
            out[first + k] = losses[k]
        else:
            total, correction = add_compensated(total, correction, losses[k])
    return total, correction
