"""Of rounded quotients: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.testing.strategies import numbers

from .operands import TWO

LESS, MORE = numbers(0.75, 0.8), numbers(1.2, 1.4)  # their quotients are no whole numbers

CASES = {
    "FloorQuotient": (lambda a, b: torch.div(a, b, rounding_mode="floor") * a, TWO, [MORE, LESS]),
    "TruncatedQuotient": (
        lambda a, b: torch.div(-a, b, rounding_mode="trunc") * b, TWO, [LESS, MORE]
    ),
    "Remainder": (lambda a, b: (a % b) * b, TWO, [MORE, LESS]),
}  # fmt: skip
