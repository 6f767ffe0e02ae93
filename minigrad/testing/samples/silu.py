"""SiLU: any numbers; the two sides differ by the number itself."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, -88.0, -104.0, 1e30, math.inf, -math.inf, math.nan, limits.tiny)
    x = draw.tensor(draw.shape(), -40.0, 40.0, *special)
    # 1 - σ(x) is off by a rounding of 1, and multiplied by x.
    size = np.clip(np.nan_to_num(np.abs(x.array)), 0.0, 100.0)
    return Sample(
        [x],
        lost=lambda grad: {"x": grad * (1.0 + size)},
        relations=[the_two_sides_differ_by_the_number],
    )


def the_two_sides_differ_by_the_number(case: Case) -> None:
    """x σ(x) - (-x) σ(-x) = x, as the two probabilities add to 1."""
    x = case.array("x")
    left = case.out(x=-x)
    assert_close(case.out() - left, x, magnitude=np.abs(left))
