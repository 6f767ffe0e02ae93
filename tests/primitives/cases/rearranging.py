"""Of elements in other places: function, shapes of its operands, their elements."""

from minigrad.primitives import rearranging

from .operands import ANY, ONE

MATRICES = [((2, 3),), ((2, 2, 2),), ((3, 0),)]

CASES = {
    "Flip": (lambda x: rearranging.flip(x, axes=(0,)) * x, [((3,),), ((2, 3),), ((0, 2),)], [ANY]),
    "Roll": (lambda x: rearranging.roll(x, shifts=(4,), axes=(0,)) * x, ONE[1:], [ANY]),
    "LowerTriangle": (lambda x: rearranging.tril(x, diagonal=-1) * x, MATRICES, [ANY]),
    "UpperTriangle": (lambda x: rearranging.triu(x, diagonal=1) * x, MATRICES, [ANY]),
}  # fmt: skip
