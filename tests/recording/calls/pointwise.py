"""Functions of one number, applied to each element."""

ONE = [
    "abs", "absolute", "ceil", "cos", "exp", "expm1", "fix", "floor", "isfinite", "isinf",
    "isnan", "isreal", "log", "log10", "log1p", "log2", "logical_not", "neg", "negative",
    "positive", "reciprocal", "relu", "rsqrt", "sigmoid", "sign", "sin", "sqrt", "square", "tanh",
    "trunc", "__abs__", "__neg__", "__pos__", "elu", "selu", "silu",
]  # fmt: skip

CALLS = {
    **dict.fromkeys(ONE, (lambda f, o: f(o.x), lambda f, o: f(o.x[1:, ::2].T))),
    "bitwise_not": [lambda f, o: f(o.whole), lambda f, o: f(o.mask)],
    "__invert__": [lambda f, o: f(o.whole), lambda f, o: f(o.mask)],
    "round": [lambda f, o: f(o.x), lambda f, o: f(o.x * 3, decimals=1)],
    "clamp": [
        lambda f, o: f(o.x, -0.5, 0.5),
        lambda f, o: f(o.x, max=0),
        lambda f, o: f(o.x, o.y, o.y + 1),
        lambda f, o: f(o.x, min=o.z),
        lambda f, o: f(o.whole, -1, 2),
    ],
    "clip": [lambda f, o: f(o.x, -0.5, 0.5)],
    "clamp_min": [lambda f, o: f(o.x, 0), lambda f, o: f(o.x, o.y)],
    "clamp_max": [lambda f, o: f(o.x, 0.3), lambda f, o: f(o.x, o.y)],
    "leaky_relu": [lambda f, o: f(o.x, 0.1)],
    "softplus": [lambda f, o: f(o.x, beta=2.0, threshold=1.0)],
    "gelu": [lambda f, o: f(o.x), lambda f, o: f(o.x, approximate="tanh")],
    "softmax": [
        lambda f, o: f(o.x, 1),
        lambda f, o: f(o.batch, 1),
        lambda f, o: f(o.x, 0, dtype=o.double),
    ],
    "log_softmax": [lambda f, o: f(o.x, 0), lambda f, o: f(o.batch, 1)],
    "dropout": [
        lambda f, o: f(o.x, 0.3),
        lambda f, o: f(o.x.T, 0.5, True),
        lambda f, o: f(o.x, 0.3, True, True),
        lambda f, o: f(o.x, 0.5, False) * 1,
        lambda f, o: f(o.x, 1.0) * 1,
    ],
    "bernoulli": [lambda f, o: f(o.chances), lambda f, o: f(o.x.detach(), 0.3)],
    "multinomial": [lambda f, o: f(o.chances, 1), lambda f, o: f(o.chances, 4, True)],
}
