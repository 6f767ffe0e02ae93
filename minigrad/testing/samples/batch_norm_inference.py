"""Batch normalisation in evaluation: rows do not know of each other, nor do columns."""

import numpy as np

from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    N, C = draw.size("rows", 0, 6), draw.size("channels", 0, 3)
    x = draw.tensor((N, C), -100.0, 100.0, 0.0, 1.0, smooth=(-2.0, 2.0))
    weight = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0, 1.0)
    bias = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0, 1.0)
    mean = draw.tensor((C,), -100.0, 100.0, 0.0, 1.0, smooth=(-2.0, 2.0), gradient=False)
    var = draw.tensor((C,), 0.0, 4.0, 0.0, smooth=(0.1, 2.0), gradient=False)
    eps = draw.number(1e-5, 1.0, 1e-5, smooth=(1e-3, 1.0))
    normal = np.abs(x.array.astype(np.float64)) + np.abs(mean.array)
    normal /= np.sqrt(var.array.astype(np.float64) + eps)
    scale = 1.0 if weight is None else np.abs(weight.array)
    return Sample(
        [x, weight, bias, mean, var, eps],
        units=4.0,
        magnitudes=lambda grad: {"out": 0.0 if bias is None else np.abs(bias.array)},
        lost=lambda grad: {
            "out": 4 * normal * scale,
            "weight": 10 * (grad * normal).sum(0),
            "bias": 40.0,
        },
        independent=[N, C],
    )
