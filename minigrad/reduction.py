"""What a loss does with the losses of its elements: nothing, their mean or their sum."""

from __future__ import annotations

import math


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
