"""SELU: any numbers."""

import math

import numpy as np

from ...ops.selu import LEFT
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, -104.0, -800.0, math.inf, -math.inf, math.nan, limits.tiny, limits.min)
    x = draw.tensor(draw.shape(), -10.0, 10.0, *special, kinks=[0.0])
    return Sample([x], lost=lambda grad: {"out": LEFT})
