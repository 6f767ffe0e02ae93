"""Of views: function, shapes of its operands, their elements."""

from .operands import ANY, ONE

CASES = {
    "Reshape": (lambda x: x.reshape(-1, 1) * x.reshape(-1), [((3,),), ((2, 2),)], [ANY]),
    "Permute": (lambda x: x.T * x.T, ONE, [ANY]),
    "Expand": (lambda x: x.expand(3, 2) * x, [((2,),), ((3, 1),), ((),), ((1, 1),)], [ANY]),
}  # fmt: skip
