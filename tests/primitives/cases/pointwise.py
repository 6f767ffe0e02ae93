"""Of functions of one number: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY, NONZERO, ONE, POSITIVE

CASES = {
    "Exp": (torch.exp, ONE, [ANY]),
    "Log": (torch.log, ONE, [POSITIVE]),
    "Sqrt": (torch.sqrt, ONE, [POSITIVE]),
    "Absolute": (torch.abs, ONE, [NONZERO]),
}  # fmt: skip
