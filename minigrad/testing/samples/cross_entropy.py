"""Cross entropy with classes: any scores, some rows ignored, weights, smoothing."""

import math

import numpy as np

from ...losses.reduction import CODES
from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample
from .classes import (
    classes,
    independent_rows,
    the_mean_is_the_sum_by_the_weight,
    weights_of_classes,
)


def sample(draw: Draw) -> Sample:
    N, C = draw.size("rows"), draw.size("classes", 1)
    x = draw.tensor((N, C), -20.0, 20.0, 0.0, 1e3, -1e3, math.inf, -math.inf, math.nan)
    target, ignored = classes(draw, N, C)
    weight = weights_of_classes(draw, C, low=0.1)
    smoothing = draw.choice((0.0, 0.25, 1.0))
    reduction = CODES[draw.choice(("none", "mean", "sum"))]
    added = np.where(np.isfinite(x.array), np.abs(x.array), 0.0).sum(initial=0) + 1
    return Sample(
        [x, target, weight, ignored, smoothing, reduction],
        units=8.0,
        magnitudes=lambda grad: {"x": 4.0},
        lost=lambda grad: {"out": 8 * added, "x": 8 * added},
        independent=independent_rows(N, reduction),
        relations=[a_shift_changes_nothing, the_mean_is_the_sum_by_the_weight],
    )


def a_shift_changes_nothing(case: Case) -> None:
    """Of all scores of a row by one number, that of a target among them."""
    x = case.array("x").astype(np.float64)
    weight = case.tensors[2]
    given = {} if weight is None else {"weight": weight.array.astype(np.float64)}
    slack = 64 * np.finfo(np.float64).eps * (np.abs(x).sum() + 1)
    found, expected = case.out(x=x + 8.0, **given), case.out(x=x, **given)
    assert_close(found, expected, atol=slack, ulp=8, equal_nan=True)
