"""Of gathering and scattering: function, shapes of its operands, their elements."""

import numpy as np

from minigrad.primitives import gathering

from .operands import ANY

INDEX = np.array([[1, 0, 1]])  # one place twice
APART = np.array([[1, 0]])

CASES = {
    "Gather": (
        lambda x: gathering.gather(x, axis=1, index=INDEX) * x[:1, :1],
        [((1, 2),), ((3, 3),)], [ANY],
    ),
    "ScatterAdd": (
        lambda x, source: gathering.scatter_add(x, source * source, axis=1, index=INDEX) ** 2,
        [((1, 2), (1, 3)), ((2, 3), (1, 3))], [ANY, ANY],
    ),
    "Scatter": (
        lambda x, source: gathering.scatter(x, source * source, axis=1, index=APART) ** 2,
        [((1, 2), (1, 2)), ((2, 3), (1, 2))], [ANY, ANY],
    ),
}  # fmt: skip
