"""Of picking elements: function, shapes of its operands, their elements."""

import numpy as np

from minigrad.primitives import picking

from .operands import ANY

MASK = (np.array([True, False, True]),)
TWICE = (slice(None), np.array([1, 1, 0]))

CASES = {
    "Slice": (lambda x: x[..., ::2] * x[..., :1], [((3,),), ((2, 3),), ((0, 3),)], [ANY]),
    "Pick": (lambda x: x[[0, 1, 0]] * x[[1]], [((2,),), ((2, 2),)], [ANY]),
    "IndexSelect": (
        lambda x: picking.index_select(x, key=(slice(None), np.array([1, 0, 1]))) ** 2,
        [((2, 2),), ((3, 2),)], [ANY],
    ),
    "Embed": (lambda x: picking.embed(x, key=([0, 2, 0],), shape=(4,)) ** 2, [((3,),)], [ANY]),
    "Put": (
        lambda x, value: picking.put(x, value, key=MASK) * picking.put(x * x, value, key=MASK),
        [((3,), (2,)), ((3, 2), (1,)), ((3, 2), ())], [ANY, ANY],
    ),
}  # fmt: skip
