"""ReLU: any numbers; a positive factor comes out."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    return Sample([x], units=0.0, relations=[a_factor_comes_out])


def a_factor_comes_out(case: Case) -> None:
    """Of a power of 2, to the bit."""
    assert_close(case.out(x=4 * case.array("x")), 4 * case.out(), ulp=0)
