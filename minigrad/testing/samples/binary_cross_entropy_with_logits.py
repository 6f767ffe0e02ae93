"""Binary cross entropy of logits: any numbers, targets also beyond 0 and 1, two weights."""

import math

import numpy as np

from ..operations.sample import Draw, Sample
from .pairs import the_sum_is_of_the_losses


def sample(draw: Draw) -> Sample:
    shape, scale = draw.shape(), draw.scale()
    special = (0.0, -0.0, 1e3, -1e3, math.inf, -math.inf, math.nan)
    x = draw.tensor(shape, -20.0, 20.0, *special)
    target = draw.tensor(shape, -0.5, 1.5, 0.0, 1.0, constant=True)
    weight = draw.optional(draw.tensor, shape, 0.0, 2.0, 1.0, constant=True)
    pos_weight = draw.optional(draw.tensor, shape, 0.0, 2.0, 1.0, constant=True)
    added = np.nan_to_num(np.abs(x.array), posinf=0.0).astype(np.float64) * 8
    return Sample(
        [x, target, weight, pos_weight, scale],
        units=8.0,
        lost=lambda grad: {"out": added if scale is None else added.sum(), "x": 8.0},
        independent=shape,
        relations=[the_sum_is_of_the_losses],
    )
