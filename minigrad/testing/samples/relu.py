"""ReLU: any numbers."""

import math

import numpy as np

from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    return Sample([x], units=0.0)
