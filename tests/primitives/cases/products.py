"""Of products of matrices: function, shapes of its operands, their elements."""

from minigrad.primitives import products

from .operands import ANY

PRODUCTS = [
    ((2, 3), (3, 2)), ((1, 2), (2, 1)), ((2, 0), (0, 2)), ((2, 1, 2), (2, 2, 1)),
    ((2, 1, 1, 2), (3, 2, 1)), ((1, 1, 2), (2, 2)),
]  # fmt: skip

CASES = {
    "Matmul": (lambda a, b: products.matmul(a, b), PRODUCTS, [ANY, ANY]),
    "Addmm": (
        lambda x, a, b: products.addmm(x, a, b, beta=2, alpha=0.5),
        [((3,), (2, 4), (4, 3)), ((), (1, 2), (2, 3))],
        [ANY, ANY, ANY],
    ),
}  # fmt: skip
