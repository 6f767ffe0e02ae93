"""Cross entropy with probabilities: any scores and targets, weights, smoothing."""

import math

import numpy as np

from ..operations.sample import Draw, Sample
from .classes import weights_of_classes
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    N, C = draw.size("rows"), draw.size("classes")
    x = draw.tensor((N, C), -20.0, 20.0, 0.0, 1e3, -1e3, math.inf, -math.inf, math.nan)
    target = draw.tensor((N, C), 0.0, 1.0, 0.0, 1.0, constant=True)
    weight = weights_of_classes(draw, C, low=0.1)
    smoothing, scale = draw.choice((0.0, 0.25, 1.0)), draw.scale()
    added = np.where(np.isfinite(x.array), np.abs(x.array), 0.0).sum(initial=0) + 1
    return Sample(
        [x, target, weight, smoothing, scale],
        units=8.0,
        magnitudes=lambda grad: {"x": 8.0},
        lost=lambda grad: {"out": 16 * added, "x": 16 * added},
        independent=[N],
        relations=[the_sum_is_of_the_losses],
    )
