"""ELU: any numbers, and any alpha."""

import math

import numpy as np

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
    )
