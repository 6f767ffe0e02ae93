"""Of views: function, shapes of its operands, their elements."""

from minigrad.primitives import views

from .operands import ANY, ONE

CASES = {
    "Reshape": (lambda x: x.reshape(-1, 1) * x.reshape(-1), [((3,),), ((2, 2),)], [ANY]),
    "Squeeze": (lambda x: x.squeeze(0) * x, [((1, 3),), ((1,),), ((1, 1, 2),)], [ANY]),
    "Permute": (lambda x: x.permute(tuple(range(x.ndim)[::-1])) ** 2, ONE, [ANY]),
    "Expand": (lambda x: x.expand(3, 2) * x, [((2,),), ((3, 1),), ((),), ((1, 1),)], [ANY]),
    "Diagonal": (
        lambda x: views.diagonal(x, offset=1, axes=(1, 0)) * x[1, 0],
        [((2, 2),), ((2, 3),), ((3, 2, 2),)], [ANY],
    ),
    "EmbedDiagonal": (
        lambda x: views.embed_diagonal(x, shape=(3, 4), offset=-1, axes=(0, 1)) ** 2, [((2,),)],
        [ANY],
    ),
}  # fmt: skip
