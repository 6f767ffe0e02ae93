"""Of copies and conversions: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad import fused
from minigrad.primitives import copies

from .operands import ANY, ONE

CASES = {
    "Clone": (lambda x: x.clone() * x, ONE, [ANY]),
    "Convert": (lambda x: x.to(torch.float64) * x, ONE, [ANY]),
    "Overwrite": (lambda x, y: copies.overwrite(x, y) * x, [((2, 2), (2, 2)), ((), ())],
                  [ANY, ANY]),
    "Alias": (lambda x: fused.alias_of(x) * x, ONE, [ANY]),
}  # fmt: skip
