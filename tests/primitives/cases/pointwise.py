"""Of functions of one number: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY, NONZERO, ONE, POSITIVE

CASES = {
    "Sqrt": (torch.sqrt, ONE, [POSITIVE]),
    "Rsqrt": (torch.rsqrt, ONE, [POSITIVE]),
    "Absolute": (torch.abs, ONE, [NONZERO]),
    "Sin": (torch.sin, ONE, [ANY]),
    "Cos": (torch.cos, ONE, [ANY]),
}  # fmt: skip
