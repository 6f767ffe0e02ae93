"""Of clamping: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.testing.strategies import numbers

from .operands import POSITIVE, TWO

BELOW, ABOVE = numbers(-3.0, -0.5), numbers(4.0, 5.0)
THREE = [((2, 2), (2,), (2, 1)), ((3,), (), (3,)), ((), (), ())]

CASES = {
    "ClampMin": (lambda x, low: torch.clamp_min(low, x) * x * low, TWO, [POSITIVE, BELOW]),
    "ClampMax": (lambda x, high: torch.clamp_max(x, high) * x * high, TWO, [POSITIVE, BELOW]),
    "Clamp": (
        lambda x, low, high: (torch.clamp(x, low, high) + torch.clamp(low, x, high)
                              + torch.clamp(high, low, x)) * x * low * high,
        THREE, [POSITIVE, BELOW, ABOVE],
    ),
}  # fmt: skip
