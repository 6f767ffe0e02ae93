"""Absolute error: any two tensors of one shape, equal in places."""

import math

from ..operations.sample import Draw, Sample
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    shape, scale = draw.shape(), draw.scale()
    special = (0.0, -0.0, 1.0, math.inf, math.nan)
    target = draw.tensor(shape, -1e3, 1e3, *special)
    x = draw.tensor(shape, -1e3, 1e3, *special, kinks=[target.array])
    return Sample(
        [x, target, scale],
        units=4.0,
        independent=shape,
        relations=[the_sum_is_of_the_losses],
    )
