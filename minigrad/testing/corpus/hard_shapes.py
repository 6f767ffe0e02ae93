"""Right gradients of sums over broadcasts, views, nothing at all, and float32."""

from __future__ import annotations

from functools import partial

import numpy as np

import minigrad as torch

from .case import RightGradient, leaf, sample
from .hard_numbers import NEARLY_CONSTANT

functional = torch.nn.functional
SECOND = {"order": 2}
VALUES = np.random.default_rng(0).uniform(-2, 2, (3, 4))


def in_float32(*values: object) -> list[torch.Tensor]:
    return [leaf(each, np.float32) for each in values]


CASES = [
    RightGradient(
        "sums over broadcasts",
        lambda a, b, c: a * b + c,
        lambda: [sample(3, 1), sample(1, 4, seed=1), sample(seed=2)],
        SECOND,
    ),
    RightGradient("no dimensions", lambda x: x * x, lambda: [leaf(2.0)], {"order": 3}),
    RightGradient("no elements", lambda x: x * x, lambda: [leaf([])], SECOND),
    RightGradient("the sum of no elements", torch.sum, lambda: [leaf(np.zeros((0, 3)))], SECOND),
    RightGradient("one element", torch.exp, lambda: [leaf([[[0.5]]])], SECOND),
    RightGradient("300 elements", torch.exp, lambda: [sample(300)], SECOND),
    RightGradient(
        "a transposed input", torch.exp, lambda: [leaf(np.asfortranarray(VALUES))], SECOND
    ),
    RightGradient("a reversed input", torch.exp, lambda: [leaf(VALUES[::-1, ::-1])], SECOND),
    RightGradient("an input with gaps", torch.exp, lambda: [leaf(VALUES[:, ::2])], SECOND),
    RightGradient("views", lambda x: x.T[1:].reshape(-1) * 2, lambda: [sample(3, 4)], SECOND),
    RightGradient("one element twice", lambda x: x[[0, 0, 2]] ** 2, lambda: [sample(3)], SECOND),
    RightGradient(
        "the same operand twice", lambda x: x * x.exp() + x, lambda: [sample(3)], SECOND
    ),
    RightGradient("an output that is an input", lambda x: (x, x * 2), lambda: [sample(3)]),
    RightGradient(
        "outputs without a gradient",
        lambda x: (x * 2, x > 0, x.detach() * 0),
        lambda: [sample(3)],
        SECOND,
    ),
    RightGradient(
        "an input that is not used", lambda x, y: x * 2, lambda: [sample(3), sample(2)], SECOND
    ),
    RightGradient("float32", torch.exp, lambda: in_float32([0.5, -3.0, 20.0]), SECOND),
    RightGradient(
        "float32: tanh saturated", torch.tanh, lambda: in_float32([9.0, -9.0, 12.0]), SECOND
    ),
    RightGradient(
        "float32: sigmoid saturated", torch.sigmoid, lambda: in_float32([-40.0, 18.0]), SECOND
    ),
    RightGradient("float32: beyond what it holds", torch.exp, lambda: in_float32([100.0])),
    RightGradient(
        "float32: sums of 1000",
        lambda x: (x * x).mean(),
        lambda: in_float32(np.linspace(-1, 1, 1000)),
    ),
    RightGradient(
        "float32: a product of matrices",
        lambda a, b: a @ b,
        lambda: in_float32(VALUES, VALUES.T.copy()),
        SECOND,
    ),
    RightGradient(
        "float32: batch_norm of nearly constant columns",
        lambda x: functional.batch_norm(x, None, None, training=True),
        lambda: in_float32(NEARLY_CONSTANT),
    ),
    RightGradient(
        "float32: softmax", partial(torch.softmax, dim=1), lambda: in_float32(10 * VALUES), SECOND
    ),
    RightGradient(
        "float32: cancelling", lambda x: (x + 1000) ** 2 - x * x, lambda: in_float32([0.5, 1e-3])
    ),
    RightGradient(
        "float32 beside float64",
        lambda x, y: x * y,
        lambda: [leaf([0.5, 2.0], np.float32), leaf([1.5, 0.1])],
        SECOND,
    ),
    RightGradient(
        "NumPy: several outputs",
        lambda x: (np.sin(x), np.cos(x)),
        lambda: [VALUES.copy()],
        {"gradient": lambda grads, x: grads[0] * np.cos(x) - grads[1] * np.sin(x)},
    ),
    RightGradient(
        "NumPy: a kink",
        np.abs,
        lambda: [np.array([0.0, 1.0])],
        {"gradient": lambda grad, x: grad * np.sign(x)},
    ),
    RightGradient(
        "NumPy: float32",
        np.exp,
        lambda: [VALUES.astype(np.float32)],
        {"gradient": lambda grad, x: grad * np.exp(x)},
    ),
    RightGradient(
        "NumPy: whole numbers beside floats",
        lambda x, n: x**n,
        lambda: [np.array([0.5, 2.0]), 3],
        {"gradient": lambda grad, x, n: (grad * n * x**2, None)},
    ),
    RightGradient(
        "NumPy: an offset of 1e10 by complex steps",
        lambda x: x * x + 1e10,
        lambda: [np.array([0.5])],
        {"gradient": lambda grad, x: grad * 2 * x, "method": "complex"},
    ),
]
