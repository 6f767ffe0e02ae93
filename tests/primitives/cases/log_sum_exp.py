"""Of logarithms of sums of exponentials: function, shapes of its operands, their elements."""

from .operands import ANY

CASES = {
    "LogSumExp": (lambda x: x.logsumexp(-1), [((3,),), ((2, 2),), ((0, 2),)], [ANY]),
}
