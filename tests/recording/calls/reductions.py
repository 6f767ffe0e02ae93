"""Functions that make one number of several, and those that put elements in order."""

AXES = [
    lambda f, o: f(o.x), lambda f, o: f(o.x, 0), lambda f, o: f(o.x, dim=-1, keepdim=True),
    lambda f, o: f(o.batch[:, 1:]),
]  # fmt: skip
SEVERAL_AXES = [*AXES, lambda f, o: f(o.batch, (0, 2)), lambda f, o: f(o.x[:0], 1)]
EXTREMES = [*AXES, lambda f, o: f(o.x, o.z), lambda f, o: f(o.whole, 1)]

CALLS = {
    **dict.fromkeys(["sum", "mean"], (
        *SEVERAL_AXES, lambda f, o: f(o.x, dtype=o.double), lambda f, o: f(o.whole),
    )),
    **dict.fromkeys(["all", "any"], (*AXES, lambda f, o: f(o.mask, 1))),
    **dict.fromkeys(["std", "var"], (*SEVERAL_AXES, lambda f, o: f(o.x, 1, correction=0))),
    **dict.fromkeys(["max", "min"], EXTREMES),
    **dict.fromkeys(["argmax", "argmin"], AXES),
    **dict.fromkeys(["amax", "amin"], SEVERAL_AXES[:-1]),
    "prod": [*AXES, lambda f, o: f(o.whole)],
    "count_nonzero": [lambda f, o: f(o.x), lambda f, o: f(o.mask, 0)],
    "cumsum": [lambda f, o: f(o.x, 0), lambda f, o: f(o.whole, -1)],
    "logsumexp": [lambda f, o: f(o.x, 1), lambda f, o: f(o.batch, (0, 2), keepdim=True)],
    "norm": [
        lambda f, o: f(o.x), lambda f, o: f(o.x, 1), lambda f, o: f(o.x, 3, 0),
        lambda f, o: f(o.x, float("inf"), 1), lambda f, o: f(o.x, 0),
    ],
    "sort": [
        lambda f, o: f(o.x), lambda f, o: f(o.x, 0, descending=True), lambda f, o: f(o.whole, 1),
    ],
    "argsort": [lambda f, o: f(o.x), lambda f, o: f(o.x, 0, descending=True)],
    "msort": [lambda f, o: f(o.x)],
    "median": [lambda f, o: f(o.x), lambda f, o: f(o.x, 1), lambda f, o: f(o.x, 0, True)],
    "topk": [lambda f, o: f(o.x, 2), lambda f, o: f(o.x, 3, 0, largest=False)],
}  # fmt: skip
