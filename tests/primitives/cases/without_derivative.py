"""Of what has no derivative: beside an operand that has one, it is a constant."""

import minigrad as torch
from minigrad.primitives.without_derivative import without_derivative

from .operands import ANY, ONE

WHOLE = torch.tensor(3.0, dtype=torch.float64)

CASES = {
    "WithoutDerivative": (
        lambda x: without_derivative(WHOLE, kind=RuntimeError, message="none") * x, ONE, [ANY]
    ),
}  # fmt: skip
