"""Of joining tensors: function, shapes of its operands, their elements."""

from minigrad.primitives import joining

from .operands import ANY

CASES = {
    "Cat": (
        lambda a, b: joining.cat(a, b, a * a, axis=a.ndim - 1) ** 2,
        [((3,), (2,)), ((2, 1), (2, 2)), ((2, 0), (2, 1)), ((0,), (2,))], [ANY, ANY],
    ),
    "Stack": (
        lambda a, b: joining.stack(a, b, a * b, axis=a.ndim - 1) ** 2,
        [((3,), (3,)), ((2, 1), (2, 1)), ((2, 0), (2, 0))], [ANY, ANY],
    ),
}  # fmt: skip
