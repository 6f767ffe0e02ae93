"""Of variances: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY

APART = torch.tensor([0.0, 5.0, -9.0], dtype=torch.float64)  # a deviation of 0 is a kink

CASES = {
    "Variance": (lambda x: (x + APART).var(-1) * x.sum(), [((3,),), ((2, 3),)], [ANY]),
    "Deviation": (lambda x: (x + APART).std(-1, correction=0), [((3,),), ((2, 3),)], [ANY]),
}  # fmt: skip
