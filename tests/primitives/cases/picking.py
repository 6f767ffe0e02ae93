"""Of picking elements: function, shapes of its operands, their elements."""

from minigrad.primitives import picking

from .operands import ANY

CASES = {
    "Slice": (lambda x: x[..., ::2] * x[..., :1], [((3,),), ((2, 3),), ((0, 3),)], [ANY]),
    "Gather": (lambda x: x[[0, 1, 0]] * x[[1]], [((2,),), ((2, 2),)], [ANY]),
    "Embed": (lambda x: picking.embed(x, key=([0, 2, 0],), shape=(4,)) ** 2, [((3,),)], [ANY]),
}  # fmt: skip
