"""Of logarithms: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ONE, POSITIVE

CASES = {
    "Log": (torch.log, ONE, [POSITIVE]),
    "Log1p": (torch.log1p, ONE, [POSITIVE]),
    "Log2": (torch.log2, ONE, [POSITIVE]),
    "Log10": (torch.log10, ONE, [POSITIVE]),
}
