"""Of functions of one number: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY, NONZERO, ONE, POSITIVE

CASES = {
    "Log": (torch.log, ONE, [POSITIVE]),
    "Log1p": (torch.log1p, ONE, [POSITIVE]),
    "Log2": (torch.log2, ONE, [POSITIVE]),
    "Log10": (torch.log10, ONE, [POSITIVE]),
    "Sqrt": (torch.sqrt, ONE, [POSITIVE]),
    "Rsqrt": (torch.rsqrt, ONE, [POSITIVE]),
    "Absolute": (torch.abs, ONE, [NONZERO]),
    "Sin": (torch.sin, ONE, [ANY]),
    "Cos": (torch.cos, ONE, [ANY]),
}  # fmt: skip
