"""Of singular values: function, shapes of its operands, their elements.

The elements change singular values of 3, 2 and 1 by less than 1: they stay away from 0.
"""

import numpy as np

import minigrad as torch
from minigrad.primitives import singular_values
from minigrad.testing.strategies import numbers

SMALL = numbers(-0.3, 0.3)
MATRICES = [((2, 2),), ((3, 2),), ((2, 3),), ((2, 2, 2),), ((1, 3),), ((0, 2, 2),), ((2, 0),)]


def away_from_0(x):
    n, m = x.shape[-2:]
    return x + torch.tensor(np.eye(n, m) * (np.arange(m) + 2.0))


CASES = {
    "NuclearNorm": (
        lambda x: singular_values.nuclear_norm(away_from_0(x)), MATRICES, [SMALL],
    ),
    "OrthogonalFactor": (
        lambda x: singular_values.orthogonal_factor(away_from_0(x)), MATRICES, [SMALL],
    ),
    "Lyapunov": (
        lambda h, c: singular_values.lyapunov(away_from_0(h + h.mT), c),
        [((2, 2), (2, 2)), ((1, 1), (1, 1)), ((2, 2, 2), (2, 2, 2)), ((0, 0), (0, 0))],
        [SMALL, numbers(-2.0, 2.0)],
    ),
}  # fmt: skip
