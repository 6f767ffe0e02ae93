"""Faults: a sign, a factor, a power."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, sample


def positive() -> list[torch.Tensor]:
    return [sample(3, low=0.5, high=2.0)]


def any_sign() -> list[torch.Tensor]:
    return [sample(3)]


def pair() -> list[torch.Tensor]:
    return [sample(2, 2, low=0.5), sample(2, 2, low=0.5, seed=1)]


CASES = [
    WrongGradient("exp: the sign", "exp", torch.exp, lambda grad, x: -grad * x.exp(), any_sign),
    WrongGradient(
        "exp: 1.0001 times too large",
        "exp",
        torch.exp,
        lambda grad, x: grad * 1.0001 * x.exp(),
        any_sign,
    ),
    WrongGradient(
        "subtract: the second operand's sign",
        "sub",
        torch.sub,
        lambda grad, a, b: (grad, grad),
        pair,
    ),
    WrongGradient(
        "divide: the divisor is not squared",
        "div",
        torch.div,
        lambda grad, a, b: (grad / b, -grad * a / b),
        pair,
    ),
    WrongGradient(
        "square: the factor 2", "square", torch.square, lambda grad, x: grad * x, any_sign
    ),
    WrongGradient(
        "mean: not divided by the count",
        "mean",
        torch.mean,
        lambda grad, x: grad.expand(x.shape),
        any_sign,
    ),
    WrongGradient(
        "sum: divided by the count",
        "sum",
        torch.sum,
        lambda grad, x: grad.expand(x.shape) / x.numel(),
        any_sign,
    ),
    WrongGradient(
        "sigmoid: without 1 - y",
        "sigmoid",
        torch.sigmoid,
        lambda grad, x: grad * x.sigmoid(),
        any_sign,
    ),
    WrongGradient(
        "tanh: y is not squared",
        "tanh",
        torch.tanh,
        lambda grad, x: grad * (1 - x.tanh()),
        any_sign,
    ),
    WrongGradient("log: of 1 + x", "log", torch.log, lambda grad, x: grad / (1 + x), positive),
    WrongGradient(
        "sqrt: the factor ½", "sqrt", torch.sqrt, lambda grad, x: grad / x.sqrt(), positive
    ),
    WrongGradient(
        "power: the exponent is not lowered",
        "pow",
        lambda x: x**3,
        lambda grad, x: grad * 3 * x**3,
        any_sign,
    ),
    WrongGradient(
        "power: a term of 1e-5 too much",
        "pow",
        lambda x: x**3,
        lambda grad, x: grad * (3 * x**2 + 1e-5),
        any_sign,
    ),
    WrongGradient(
        "square: the factor 2, where all numbers are small",
        "square",
        lambda x: 1e-10 * x * x,
        lambda grad, x: 1e-10 * grad * x,
        any_sign,
    ),
    WrongGradient(
        "square: the factor 2, where all numbers are large",
        "square",
        lambda x: 1e10 * x * x,
        lambda grad, x: 1e10 * grad * x,
        any_sign,
    ),
    WrongGradient(
        "exp: the cotangent is ignored", "exp", torch.exp, lambda grad, x: x.exp(), any_sign
    ),
    WrongGradient(
        "abs of the cotangent", "mul", lambda x: 3 * x, lambda grad, x: 3 * grad.abs(), any_sign
    ),
    WrongGradient(
        "exp: none at all", "exp", torch.exp, lambda grad, x: torch.zeros_like(x), any_sign
    ),
]
