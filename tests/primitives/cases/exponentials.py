"""Of exponentials: function, shapes of its operands, their elements."""

import minigrad as torch

from .operands import ANY, ONE

CASES = {"Exp": (torch.exp, ONE, [ANY]), "Expm1": (torch.expm1, ONE, [ANY])}
