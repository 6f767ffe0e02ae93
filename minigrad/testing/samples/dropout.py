"""Dropout: any numbers, a mask of zeros and ones, and any probability of a one."""

import math

from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    shape, keep = draw.shape(), draw.number(0.05, 1.0, 0.5)
    x = draw.tensor(shape, -10.0, 10.0, 0.0, -0.0, math.inf, -math.inf, math.nan)
    mask = draw.mask(shape)
    return Sample([x, mask, keep], units=1.5)
