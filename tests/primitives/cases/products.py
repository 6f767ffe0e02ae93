"""Of products of matrices: function, shapes of its operands, their elements."""

from minigrad.primitives import products

from .operands import ANY

PRODUCTS = [
    ((2, 3), (3, 2)), ((1, 2), (2, 1)), ((2, 0), (0, 2)), ((2, 1, 2), (2, 2, 1)),
    ((2, 1, 1, 2), (3, 2, 1)), ((1, 1, 2), (2, 2)),
]  # fmt: skip

CASES = {
    "Matmul": (lambda a, b: products.matmul(a, b), PRODUCTS, [ANY, ANY]),
}  # fmt: skip
