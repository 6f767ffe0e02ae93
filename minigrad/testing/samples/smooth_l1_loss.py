"""Smooth absolute error: pairs at and on both sides of where its pieces meet."""

import math

from ..operations.sample import Draw, Sample
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    shape, scale = draw.shape(), draw.scale()
    beta = draw.number(0.1, 3.0, 1.0, smooth=(0.5, 3.0))
    special = (0.0, -0.0, beta, math.inf, math.nan)
    target = draw.tensor(shape, -10.0, 10.0, *special)
    # Rounding decides on which side a difference is that is nearly beta.
    kinks = [target.array - beta, target.array + beta]
    x = draw.tensor(shape, -10.0, 10.0, *special, kinks=kinks, settled=False)
    return Sample(
        [x, target, beta, scale],
        units=8.0,
        independent=shape,
        relations=[the_sum_is_of_the_losses],
        step=0.02,
    )
