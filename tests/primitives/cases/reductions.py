"""Of sums, means and products: function, shapes of its operands, their elements."""

from .operands import ANY, ONE

CASES = {
    "Sum": (lambda x: x.sum(0) * x.sum(-1, keepdim=True), ONE, [ANY]),
    "Mean": (lambda x: (x * x).mean(0), [((),), ((3,),), ((2, 3),), ((2, 0),)], [ANY]),
    "Product": (lambda x: x.prod(0) + x.prod(), [*ONE, ((5,),), ((4, 2),)], [ANY]),
}  # fmt: skip
