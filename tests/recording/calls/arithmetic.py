"""Functions of two tensors or numbers, and products of matrices."""


def both_ways(f, o):
    return f(o.x, o.y), f(o.y, o.z), f(o.z, o.x)


OPERATORS = [
    "__add__", "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__radd__",
    "__rsub__", "__rmul__", "__rtruediv__", "__rmod__", "__iadd__", "__isub__",
    "__imul__", "__itruediv__", "__ifloordiv__", "__imod__",
]  # fmt: skip
LOGIC = [
    "__and__", "__or__", "__xor__", "__rand__", "__ror__", "__rxor__", "__iand__", "__ior__",
    "__ixor__",
]  # fmt: skip
SHIFTS = [
    "__lshift__", "__rshift__", "__rlshift__", "__rrshift__", "__ilshift__", "__irshift__",
]  # fmt: skip
ORDER = [
    "eq", "ge", "greater", "greater_equal", "gt", "le", "less", "less_equal", "lt", "ne",
    "not_equal", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__",
]  # fmt: skip
WITH_NUMBERS = [
    lambda f, o: f(o.x, o.y),
    lambda f, o: f(o.x, 2),
    lambda f, o: f(o.x, -1.5),
    lambda f, o: f(o.x, o.z[:1].T[:1]),
    lambda f, o: f(o.whole, 2),
]
DIVISIONS = [
    lambda f, o: f(o.x, o.y, rounding_mode="floor"),
    lambda f, o: f(o.x, 0.3, rounding_mode="trunc"),
]
SCALED = [lambda f, o: f(o.x, o.y, alpha=2), lambda f, o: f(o.x, 1, alpha=0.5)]

CALLS = {
    **dict.fromkeys([*OPERATORS, "mul", "multiply", "floor_divide", "remainder"], WITH_NUMBERS),
    **dict.fromkeys(["add", "sub", "subtract", "rsub"], WITH_NUMBERS + SCALED),
    **dict.fromkeys(["div", "divide", "true_divide"], WITH_NUMBERS + DIVISIONS),
    **dict.fromkeys(ORDER, WITH_NUMBERS),
    **dict.fromkeys([*LOGIC, "bitwise_and", "bitwise_or", "bitwise_xor"], (
        lambda f, o: f(o.mask, o.mask[:1]), lambda f, o: f(o.whole, 6),
    )),
    **dict.fromkeys(["bitwise_left_shift", "bitwise_right_shift", *SHIFTS], (
        lambda f, o: f(o.whole, 2), lambda f, o: f(o.whole, o.whole[0]),
    )),
    **dict.fromkeys(["logical_and", "logical_or", "logical_xor"], (
        lambda f, o: f(o.x, o.y), lambda f, o: f(o.mask, o.mask[:1]),
    )),
    **dict.fromkeys(["maximum", "minimum"], (both_ways, lambda f, o: f(o.whole, o.whole[0]))),
    **dict.fromkeys(["pow", "__pow__", "__ipow__"], (
        lambda f, o: f(o.x, 2), lambda f, o: f(o.x, 0.5), lambda f, o: f(o.x, 0),
        lambda f, o: f(o.x, o.y), lambda f, o: f(o.whole, 3),
    )),
    "__rfloordiv__": [lambda f, o: f(o.x.detach(), 2), lambda f, o: f(o.chances, o.x.detach())],
    "__rpow__": [lambda f, o: f(o.x, 2), lambda f, o: f(o.x, 0.5)],
    "isclose": [lambda f, o: f(o.x, o.z, rtol=0.5), lambda f, o: f(o.x, o.x, equal_nan=True)],
    "where": [
        lambda f, o: f(o.mask, o.x, o.y),
        lambda f, o: f(o.x > o.y, o.x, 0.5),
        lambda f, o: f(o.mask, 1.0, o.s),
        lambda f, o: f(o.x, o.mask, o.y),
    ],
    "addcmul": [lambda f, o: f(o.x, o.z, o.x), lambda f, o: f(o.x, o.y, o.y, value=0.3)],
    "addcdiv": [lambda f, o: f(o.x, o.z, o.x.exp()), lambda f, o: f(o.x, o.y, o.x, value=-0.3)],
    "lerp": [lambda f, o: f(o.x, o.z, 0.3), lambda f, o: f(o.x, o.y, o.x.sigmoid())],
    "masked_fill": [lambda f, o: f(o.x, o.mask, 0.5), lambda f, o: f(o.x, o.mask[:1], o.s)],
    "matmul": [
        lambda f, o: f(o.x, o.square), lambda f, o: f(o.x, o.y), lambda f, o: f(o.batch, o.square),
        lambda f, o: f(o.y, o.batch),
    ],
    "__rmatmul__": [lambda f, o: f(o.square, o.x)],
    "__matmul__": [lambda f, o: f(o.x, o.square), lambda f, o: f(o.batch, o.batch)],
    "mm": [lambda f, o: f(o.x, o.z.T)],
    "mv": [lambda f, o: f(o.x, o.y)],
    "dot": [lambda f, o: f(o.y, o.x[0])],
    "outer": [lambda f, o: f(o.y, o.x[:, 0])],
    "bmm": [lambda f, o: f(o.batch, o.batch.mT)],
    "addmm": [
        lambda f, o: f(o.y, o.x, o.square, beta=0.5, alpha=2), lambda f, o: f(o.z, o.x, o.square),
    ],
    "linear": [lambda f, o: f(o.x, o.square, o.y), lambda f, o: f(o.batch, o.z)],
}  # fmt: skip
