"""SELU: any numbers; a factor comes out on the right, a square on the left."""

import math

import numpy as np

from ...ops.selu import LEFT
from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, -104.0, -800.0, math.inf, -math.inf, math.nan, limits.tiny, limits.min)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    return Sample(
        [x],
        lost=lambda grad: {"out": LEFT},
        relations=[a_factor_comes_out_on_the_right, twice_as_far_left_is_a_square],
    )


def a_factor_comes_out_on_the_right(case: Case) -> None:
    """Of a power of 2, to the bit."""
    right = case.array("x") >= 0
    assert_close(case.out(x=4 * case.array("x"))[right], 4 * case.out()[right], ulp=0)


def twice_as_far_left_is_a_square(case: Case) -> None:
    """With e = exp(x), LEFT (e² - 1) = LEFT (e - 1) · (e + 1)."""
    left = case.array("x") < 0
    out = case.out()[left]
    smallest = float(np.finfo(case.dtype.numpy).smallest_subnormal)
    assert_close(
        case.out(x=2 * case.array("x"))[left], out * (out / LEFT + 2), ulp=4, atol=2 * smallest
    )
