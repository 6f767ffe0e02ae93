"""Binary cross entropy: probabilities from 0 to 1, targets, perhaps weights."""

import numpy as np

from ..operations.sample import Draw, Sample
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    shape, scale = draw.shape(), draw.scale()
    inside = (0.1, 0.9)
    edges = (0.0, 1.0, 0.5, 1e-30, 2.0**-40, 1 - 2.0**-24)
    p = draw.tensor(shape, 0.0, 1.0, *edges, smooth=inside)
    # At the edges the gradient of a target is a logarithm that is clamped.
    target = draw.tensor(shape, 0.0, 1.0, 0.0, 1.0, smooth=inside, constant=True)
    weight = draw.optional(draw.tensor, shape, 0.0, 2.0, 1.0, smooth=inside, constant=True)
    wide, goal = p.array.astype(np.float64), target.array.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.nan_to_num(goal / wide + (1 - goal) / (1 - wide), posinf=1e12)
    return Sample(
        [p, target, weight, scale],
        units=8.0,
        lost=lambda grad: {"out": 4.0 * max(p.numel(), 1), "p": 4 * np.minimum(slopes, 1e12)},
        independent=shape,
        relations=[the_sum_is_of_the_losses],
        step=0.01,
    )
