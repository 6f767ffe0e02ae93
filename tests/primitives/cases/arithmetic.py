"""Of arithmetic: function, shapes of its operands, their elements."""

from .operands import ANY, NONZERO, ONE, TWO

CASES = {
    "Add": (lambda a, b: a + b, TWO, [ANY, ANY]),
    "Subtract": (lambda a, b: a - b, TWO, [ANY, ANY]),
    "Multiply": (lambda a, b: a * b, TWO, [ANY, ANY]),
    "Scale": (lambda a, b: a.add(b * b, alpha=-2.5), TWO, [ANY, ANY]),
    "Divide": (lambda a, b: a / b, TWO, [ANY, NONZERO]),
    "Negative": (lambda x: -x * x, ONE, [ANY]),
    "Reciprocal": (lambda x: x.reciprocal(), ONE, [NONZERO]),
}  # fmt: skip
