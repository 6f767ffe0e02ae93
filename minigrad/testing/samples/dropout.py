"""Dropout: any numbers, a mask of zeros and ones, and any probability of a one.

With all ones it is a division, and what a mask drops its opposite keeps.
"""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    shape, keep = draw.shape(), draw.number(0.05, 1.0, 0.5)
    x = draw.tensor(shape, -10.0, 10.0, 0.0, -0.0, math.inf, -math.inf, math.nan)
    mask = draw.mask(shape)
    return Sample(
        [x, mask, keep],
        units=1.5,
        relations=[nothing_dropped_is_a_division, two_opposite_masks_keep_everything],
    )


def nothing_dropped_is_a_division(case: Case) -> None:
    x, ones, (keep,) = case.array("x"), np.ones_like(case.array("mask")), case.attributes
    assert_close(case.out(mask=ones, keep=1.0), x, ulp=0)
    assert_close(case.out(mask=ones), x / keep, ulp=1.5)


def two_opposite_masks_keep_everything(case: Case) -> None:
    mask = case.array("mask")
    assert_close(case.out() + case.out(mask=1 - mask), case.out(mask=np.ones_like(mask)), ulp=0)
