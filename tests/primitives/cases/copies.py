"""Of copies and conversions: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad import fused

from .operands import ANY, ONE

CASES = {
    "Clone": (lambda x: x.clone() * x, ONE, [ANY]),
    "Convert": (lambda x: x.to(torch.float64) * x, ONE, [ANY]),
    "Alias": (lambda x: fused.alias_of(x) * x, ONE, [ANY]),
}  # fmt: skip
