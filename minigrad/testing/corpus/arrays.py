"""Faults of gradients written by hand in NumPy, whom no autograd engine watches."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...tensor import Array
from .case import WrongGradient

VALUES = np.random.default_rng(0).uniform(-2, 2, (4, 3)).round(3)


def numbers() -> list[Array]:
    return [VALUES.copy()]


def with_bias() -> list[Array]:
    return [VALUES.copy(), np.array([1.0, 2.0, 3.0])]


def relu(x: Array) -> Array:
    return np.where(x > 0, x, 0)


def relu_gradient(grad: Array, x: Array) -> Array:
    return grad * (x > 0)


def writes_to_its_cotangent(grad: Array, x: Array) -> Array:
    grad[x < 0] = 0
    return grad


def writes_to_its_input(grad: Array, x: Array) -> Array:
    np.maximum(x, 0, out=x)
    return grad * (x > 0)


def square(x: Array) -> Array:
    return x * x


def square_gradient(grad: Array, x: Array) -> Array:
    return grad * 2 * x


CALLS = [0]


def other_each_time(grad: Array, x: Array) -> Array:
    CALLS[0] += 1
    return grad * (2 * x + 1e-3 * CALLS[0])


def exp_gradient(grad: Array, x: Array) -> Array:
    return grad * np.exp(x)


def _pair(grad: Array, x: Array, bias: Array) -> Any:
    return grad, grad.sum(0)


CASES = [
    WrongGradient(
        "NumPy add: not summed over the batch",
        "add",
        np.add,
        lambda grad, x, bias: (grad, grad),
        with_bias,
        correct=_pair,
    ),
    WrongGradient(
        "NumPy add: summed, but kept as a dimension",
        "add",
        np.add,
        lambda grad, x, bias: (grad, grad.sum(0, keepdims=True)),
        with_bias,
        correct=_pair,
    ),
    WrongGradient(
        "NumPy add: none for the bias",
        "add",
        np.add,
        lambda grad, x, bias: (grad, None),
        with_bias,
        correct=_pair,
    ),
    WrongGradient(
        "NumPy relu: its cotangent is changed in place",
        "relu",
        relu,
        writes_to_its_cotangent,
        numbers,
        correct=relu_gradient,
    ),
    WrongGradient(
        "NumPy relu: its input is changed in place",
        "relu",
        relu,
        writes_to_its_input,
        numbers,
        correct=relu_gradient,
    ),
    WrongGradient(
        "NumPy square: rounded to whole numbers",
        "square",
        square,
        lambda grad, x: grad * (2 * x).astype(int),
        numbers,
        correct=square_gradient,
    ),
    WrongGradient(
        "NumPy square: another gradient at each call",
        "square",
        square,
        other_each_time,
        numbers,
        correct=square_gradient,
    ),
    WrongGradient(
        "NumPy exp: a billionth too large, which complex steps show",
        "exp",
        np.exp,
        lambda grad, x: grad * np.exp(x) * (1 + 1e-9),
        numbers,
        options={"rtol": 1e-11},
        correct=exp_gradient,
    ),
    WrongGradient(
        "NumPy square: the factor 2, beside an offset of 1e10",
        "square",
        lambda x: x * x + 1e10,
        lambda grad, x: grad * x,
        numbers,
        correct=square_gradient,
    ),
    WrongGradient(
        "NumPy matmul: the transposition",
        "matmul",
        np.matmul,
        lambda grad, a, b: (grad @ b, a.T @ grad),
        lambda: [VALUES[:3].copy(), VALUES[1:].copy()],
        correct=lambda grad, a, b: (grad @ b.T, a.T @ grad),
    ),
    WrongGradient(
        "NumPy square of a number: the factor 2",
        "square",
        lambda x: x**2,
        lambda grad, x: grad * x,
        lambda: [3.0],
        correct=square_gradient,
    ),
]
