"""Of arithmetic: function, shapes of its operands, their elements."""

import minigrad as torch
from minigrad.testing.strategies import numbers

from .operands import ANY, NONZERO, ONE, TWO

CASES = {
    "Add": (lambda a, b: a + b, TWO, [ANY, ANY]),
    "Subtract": (lambda a, b: a - b, TWO, [ANY, ANY]),
    "Multiply": (lambda a, b: a * b, TWO, [ANY, ANY]),
    "Scale": (lambda a, b: a.add(b * b, alpha=-2.5), TWO, [ANY, ANY]),
    "Divide": (lambda a, b: a / b, TWO, [ANY, NONZERO]),
    "Negative": (lambda x: -x * x, ONE, [ANY]),
    "Addcmul": (lambda a, b: a.addcmul(b, a * b, value=-2.5), TWO, [ANY, ANY]),
    "Addcdiv": (lambda a, b: a.addcdiv(a * a, b, value=-2.5), TWO, [ANY, NONZERO]),
    "Lerp": (torch.lerp, [((2,), (2,), (2,)), ((), (2, 1), (2,)), ((3,), (1,), ())],
             [ANY, ANY, numbers(-1.0, 0.4) | numbers(0.6, 2.0)]),
    "LerpByNumber": (lambda a, b: a.lerp(b * b, -0.75), TWO, [ANY, ANY]),
    "Reciprocal": (lambda x: x.reciprocal(), ONE, [NONZERO]),
}  # fmt: skip
