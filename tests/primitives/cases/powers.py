"""Of powers: function, shapes of its operands, their elements."""

from .operands import ANY, NONZERO, ONE, POSITIVE, TWO

CASES = {
    "Power": (lambda x: x**3, ONE, [ANY]),
    "TensorPower": (lambda base, exponent: base**exponent, TWO, [POSITIVE, NONZERO]),
    "PowerOf": (lambda x: 2.5**x, ONE, [ANY]),
}  # fmt: skip
