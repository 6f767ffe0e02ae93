"""ELU: any numbers, and any alpha; what is positive stays, the rest follows alpha."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    alpha = draw.number(-3.0, 3.0, 1.0, 0.0)
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, -88.0, -104.0, math.inf, -math.inf, math.nan, limits.max, limits.min)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    # A subnormal exp(x) is rounded before alpha and the cotangent make it larger.
    subnormal = abs(alpha) * float(limits.tiny)
    return Sample(
        [x, alpha],
        units=2.0,
        magnitudes=lambda grad: {"x": subnormal * grad},
        lost=lambda grad: {"out": abs(alpha)},
        relations=[what_is_positive_stays, alpha_is_a_factor_of_the_rest],
    )


def what_is_positive_stays(case: Case) -> None:
    positive = case.array("x") > 0
    assert_close(case.out()[positive], case.array("x")[positive], ulp=0)


def alpha_is_a_factor_of_the_rest(case: Case) -> None:
    """Twice alpha gives twice the result, to the bit, unless that is subnormal."""
    rest, (alpha,) = case.array("x") <= 0, case.attributes
    smallest = float(np.finfo(case.dtype.numpy).smallest_subnormal)
    assert_close(case.out(alpha=2 * alpha)[rest], 2 * case.out()[rest], ulp=0, atol=smallest)
