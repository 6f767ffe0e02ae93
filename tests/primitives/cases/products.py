"""Of products of matrices: function, shapes of its operands, their elements."""

from .operands import ANY

PRODUCTS = [((2, 3), (3, 2)), ((1, 2), (2, 1)), ((2, 0), (0, 2))]

CASES = {
    "Matmul": (lambda a, b: a @ b, PRODUCTS, [ANY, ANY]),
}  # fmt: skip
