"""Tanh: any numbers; it is odd."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, 9.0, -9.02, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    x = draw.tensor(draw.shape(), -20.0, 20.0, *special)
    # The definition takes 1 - decay near 0, the gradient 1 - y² where y is nearly 1.
    return Sample(
        [x],
        magnitudes=lambda grad: {"x": grad},
        lost=lambda grad: {"out": 1.0, "x": grad},
        relations=[it_is_odd_to_the_bit],
    )


def it_is_odd_to_the_bit(case: Case) -> None:
    assert_close(case.out(x=-case.array("x")), -case.out(), ulp=0)
