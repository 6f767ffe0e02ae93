"""Negative log likelihood: classes, some of them ignored, perhaps weights of classes."""

import math

import numpy as np

from ...losses.reduction import CODES
from ..operations.sample import Draw, Sample
from .classes import (
    classes,
    independent_rows,
    the_mean_is_the_sum_by_the_weight,
    weights_of_classes,
)


def sample(draw: Draw) -> Sample:
    N, C = draw.size("rows", 0, 5), draw.size("classes", 1, 4)
    x = draw.tensor((N, C), -9.0, 0.0, 0.0, -math.inf, smooth=(-3.0, 3.0))
    target, ignored = classes(draw, N, C)
    weight = weights_of_classes(draw, C, low=0.0)
    reduction = CODES[draw.choice(("none", "mean", "sum"))]
    added = np.abs(np.where(np.isfinite(x.array), x.array, 0)).sum(initial=0)
    return Sample(
        [x, target, weight, ignored, reduction],
        units=4.0,
        lost=lambda grad: {"out": added},
        independent=independent_rows(N, reduction),
        relations=[the_mean_is_the_sum_by_the_weight],
    )
