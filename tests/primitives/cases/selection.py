"""Of choosing: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY

MASK = torch.tensor([True, False])

CASES = {
    "Where": (lambda a, b: torch.where(MASK, a * b, a), [((2,), (3, 2))], [ANY, ANY]),
}  # fmt: skip
