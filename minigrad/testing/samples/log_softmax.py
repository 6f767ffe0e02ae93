"""Log-softmax: any shape and dimension; a shift changes nothing."""

import math

import numpy as np

from ..operations.sample import Draw, Sample
from .softmax import a_shift_changes_nothing, total


def sample(draw: Draw) -> Sample:
    shape = draw.shape(min_dims=1)
    dim = draw.integer(0, len(shape) - 1)
    x = draw.tensor(shape, -20.0, 20.0, 0.0, -0.0, 1.0, -104.0, -800.0, -math.inf)
    # In the gradient, the saved result is off by a rounding of itself, which may be hundreds, and
    # its exponential by so many times more.
    size = 1.0 + np.clip(np.abs(x.array), 0.0, 1000.0).sum(dim, keepdims=True)
    return Sample(
        [x, dim],
        magnitudes=lambda grad: {"x": total(grad, dim) * size},
        lost=lambda grad: {"out": size},
        independent=[*shape[:dim], *shape[dim + 1 :]],
        relations=[a_shift_changes_nothing],
    )
