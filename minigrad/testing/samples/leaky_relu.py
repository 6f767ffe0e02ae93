"""Leaky ReLU: any numbers, and any slope on the left; a positive factor comes out."""

import math

import numpy as np

from ..operations.sample import Draw, Sample
from .relu import a_factor_comes_out


def sample(draw: Draw) -> Sample:
    slope = draw.number(-3.0, 3.0, 0.01, 1.0, 0.0)
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, math.inf, -math.inf, math.nan, limits.max, limits.min, limits.tiny)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    return Sample([x, slope], units=0.5, relations=[a_factor_comes_out])
