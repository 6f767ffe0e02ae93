"""Of the largest and smallest: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.primitives import extrema

from .operands import ANY

RANKS = torch.tensor([0.0, 9.0, -9.0], dtype=torch.float64)  # so far apart that ties cannot be
FIRST = torch.tensor([[1], [0]])
THREE = [((3,),), ((2, 3),), ((0, 3),)]

CASES = {
    "Largest": (lambda x: (x + RANKS).amax(-1, keepdim=True) * x, THREE, [ANY]),
    "Smallest": (lambda x: (x + RANKS).amin(-1, keepdim=True) * x, THREE, [ANY]),
    "TakeAlong": (lambda x: (x + RANKS).max(-1).values ** 2, THREE, [ANY]),
    "PutAlong": (
        lambda x: extrema.put_along(x, positions=FIRST.array, axis=1, size=3) ** 2,
        [((2, 1),)], [ANY],
    ),
}  # fmt: skip
