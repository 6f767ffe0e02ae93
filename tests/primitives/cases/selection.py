"""Of choosing: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.testing.strategies import numbers

from .operands import ANY, POSITIVE, TWO

MASK = torch.tensor([True, False])
BELOW = numbers(-3.0, -0.5)

CASES = {
    "Where": (lambda a, b: torch.where(MASK, a * b, a), [((2,), (3, 2))], [ANY, ANY]),
    "MaskedFill": (
        lambda a, b: (a * b).masked_fill(MASK, b * b), [((3, 2), ()), ((2,), ())], [ANY, ANY]
    ),
    "Maximum": (lambda a, b: torch.maximum(a, b) * a * b, TWO, [POSITIVE, BELOW]),
    "Minimum": (lambda a, b: torch.minimum(a, b) * a * b, TWO, [POSITIVE, BELOW]),
}  # fmt: skip
