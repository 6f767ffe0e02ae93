"""Of norms: function, shapes of its operands, their elements."""

from .operands import NONZERO

CASES = {
    "Norm": (
        lambda x: x.norm() + x.norm(1, 0).sum() * x.norm(3, -1) + x.norm(1.5) * x.norm(0.5)
        + x.norm(4, 0).sum() * x.norm(2.5) + x.norm(-1) * x.norm(-2.5, -1),
        [((3,),), ((2, 2),)], [NONZERO],
    ),
}  # fmt: skip
