"""Right gradients of huge, tiny, cancelling and saturated numbers, and at the edge of a domain."""

from __future__ import annotations

from functools import partial

import numpy as np

import minigrad as torch

from .case import RightGradient, leaf, sample
from .statistics import normalised

functional = torch.nn.functional
SECOND = {"order": 2}
NEARLY_CONSTANT = 100.0 + 1e-3 * np.random.default_rng(0).standard_normal((5, 2))

CASES = [
    RightGradient("exp of 50 and -50", torch.exp, lambda: [leaf([50.0, -50.0])], SECOND),
    RightGradient("sqrt of 1e8", torch.sqrt, lambda: [leaf([1e8, 1e5])], SECOND),
    RightGradient("sin of 1e6", torch.sin, lambda: [leaf([1e6, 1.0])], SECOND),
    RightGradient("an offset of 1e6", lambda x: x * x + 1e6, lambda: [leaf([0.5])], SECOND),
    RightGradient("a factor of 1e-6", lambda x: 1e-6 * x**3, lambda: [leaf([2.0])], SECOND),
    RightGradient("a factor of 1e12", lambda x: 1e12 * x**3, lambda: [leaf([2.0])], SECOND),
    RightGradient("outputs of 1 and 1e12", lambda x: (x**2, 1e12 * x), lambda: [leaf([2.0])]),
    RightGradient("inputs of 1e-200", lambda x, y: x * y, lambda: [leaf([1e-200]), leaf([0.0])]),
    RightGradient("1 / x at 0.01", lambda x: 1 / x, lambda: [leaf([0.01, -0.01])], SECOND),
    RightGradient("log at 1e-6", torch.log, lambda: [leaf([1e-6])]),
    RightGradient("log at 1e-9", torch.log, lambda: [leaf([1e-9])]),
    RightGradient("sqrt at 1e-9", torch.sqrt, lambda: [leaf([1e-9])]),
    RightGradient(
        "asin-like: sqrt(1 - x²) at 1 - 1e-6",
        lambda x: (1 - x * x).sqrt(),
        lambda: [leaf([1 - 1e-6])],
    ),
    RightGradient("sigmoid saturated", torch.sigmoid, lambda: [leaf([-30.0, 30.0])], SECOND),
    RightGradient("tanh saturated", torch.tanh, lambda: [leaf([-20.0, 20.0])], SECOND),
    RightGradient("1 - tanh² saturated", lambda x: 1 - x.tanh() ** 2, lambda: [leaf([16.0])]),
    RightGradient(
        "softmax saturated", partial(torch.softmax, dim=0), lambda: [leaf([1000.0, 0.0, -1000.0])]
    ),
    RightGradient(
        "logsumexp of 1e3", partial(torch.logsumexp, dim=0), lambda: [leaf([1e3, 1e3 - 1, 0.0])]
    ),
    RightGradient(
        "the difference of squares",
        lambda x, y: (x - y) * (x + y) - (x * x - y * y),
        lambda: [leaf([1.0, 3.0]), leaf([1.5, 3.5])],
    ),
    RightGradient(
        "the sum of a batch_norm", lambda x: normalised(x).sum(), lambda: [sample(4, 3)]
    ),
    RightGradient("batch_norm", normalised, lambda: [sample(4, 3)], SECOND),
    RightGradient(
        "batch_norm of nearly constant columns", normalised, lambda: [leaf(NEARLY_CONSTANT)]
    ),
    RightGradient("batch_norm of constant columns", normalised, lambda: [leaf(np.ones((4, 2)))]),
    RightGradient(
        "variance of nearly constant columns",
        lambda x: x.var(0),
        lambda: [leaf(NEARLY_CONSTANT)],
        SECOND,
    ),
    RightGradient("a constant", lambda x: x * 0 + 3, lambda: [leaf([1.0])], SECOND),
    RightGradient(
        "binary_cross_entropy_with_logits at 40",
        lambda x: functional.binary_cross_entropy_with_logits(
            x, torch.tensor([0.0, 1.0]).double()
        ),
        lambda: [leaf([40.0, 40.0])],
        SECOND,
    ),
]
