"""Softplus: any numbers, betas of both signs, any threshold."""

import math

import numpy as np

from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    beta = draw.number(0.25, 3.0, 1.0) * draw.choice((1.0, -1.0))
    threshold = draw.number(-2.0, 30.0, 20.0, 2.0, -0.5)
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, 20.0, -104.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    # Rounding decides on which side of the threshold beta · x is.
    kinks = [threshold / beta]
    x = draw.tensor(draw.shape(), -40.0, 40.0, *special, kinks=kinks, settled=False)
    # The definition adds 1 before it takes the logarithm; in float64, beta · x is rounded.
    with np.errstate(over="ignore"):
        rounded = np.nan_to_num(np.abs(x.array.astype(np.float64) * beta), posinf=0.0)
    return Sample(
        [x, beta, threshold],
        lost=lambda grad: {"out": 1 / abs(beta), "x": grad * rounded},
        step=0.05,
    )
