"""Of running sums: function, shapes of its operands, their elements."""

from .operands import ANY, ONE

CASES = {
    "CumulativeSum": (lambda x: x.cumsum(0) * x.cumsum(-1), ONE, [ANY]),
}  # fmt: skip
