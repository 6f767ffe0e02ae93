"""Sigmoid: any numbers; the two probabilities add up to 1."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    special = (0.0, -0.0, 17.0, -88.0, -104.0, math.inf, -math.inf, math.nan)
    limits = np.finfo(draw.dtype.numpy)
    x = draw.tensor(draw.shape(), -40.0, 40.0, *special, limits.max)
    with np.errstate(over="ignore"):
        out = np.nan_to_num(1 / (1 + np.exp(-x.array.astype(np.float64))))
    # 1 - y is off by a rounding of 1, however small it is.
    return Sample(
        [x],
        magnitudes=lambda grad: {"x": grad * out},
        relations=[the_two_probabilities_add_to_1],
    )


def the_two_probabilities_add_to_1(case: Case) -> None:
    p, q = case.out(), case.out(x=-case.array("x"))
    assert_close(q, 1 - p.astype(np.float64), atol=np.finfo(p.dtype).eps, check_dtype=False)
