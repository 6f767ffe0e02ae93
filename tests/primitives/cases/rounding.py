"""Of rounding: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.testing.strategies import numbers

from .operands import NONZERO, ONE

BETWEEN = numbers(1.1, 1.4)

CASES = {
    "Step": (lambda x: torch.floor(x) * x, ONE, [BETWEEN]),
    "Round": (lambda x: torch.round(x, decimals=0) * x, ONE, [BETWEEN]),
    "Sign": (lambda x: torch.sign(x) * x, ONE, [NONZERO]),
}  # fmt: skip
