"""GELU: any numbers, exactly and by tanh; the two sides differ by the number itself."""

import math

import numpy as np

from ...ops.gelu import APPROXIMATIONS
from ..operations.sample import Draw, Sample
from .silu import the_two_sides_differ_by_the_number


def sample(draw: Draw) -> Sample:
    approximate = draw.choice(APPROXIMATIONS)
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, -5.0, -14.0, math.inf, -math.inf, math.nan, limits.tiny)
    x = draw.tensor(draw.shape(), -12.0, 12.0, *special, smooth=(-4.0, 4.0))
    # Far left the two terms of the gradient cancel; a rounding of the exponent's x² or x³ is
    # multiplied by the exponent, and so is exp's. What the slope of the exponent multiplies may be
    # subnormal, and off by a unit of these.
    size = np.nan_to_num(np.abs(x.array.astype(np.float64)), posinf=0.0)
    tail = np.where(x.array > 0, 1.0, np.exp(-(np.minimum(size, 30.0) ** 2) / 2))
    grown = size * tail * (1 + size**3)
    return Sample(
        [x, approximate],
        lost=lambda grad: {
            "out": grown,
            "x": grad * (grown * (1 + size**2) + 1) + limits.tiny * (1 + size**2),
        },
        relations=[the_two_sides_differ_by_the_number],
    )
