"""Faults: right gradients whose own gradients are wrong, as something in them is held constant."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, sample
from .statistics import inverse, normalised

Tensor = torch.Tensor
TWICE = {"order": 2}


def three() -> list[Tensor]:
    return [sample(3)]


def pair() -> list[Tensor]:
    return [sample(2, 2, low=0.5), sample(2, 2, low=0.5, seed=1)]


def with_saved_statistics(grad: Tensor, x: Tensor) -> Tensor:
    scale = inverse(x).detach()
    y = (x - x.mean(0).detach()) * scale
    return scale * (grad - grad.mean(0) - y * (grad * y).mean(0))


CASES = [
    WrongGradient(
        "square: the operand is held constant in the gradient",
        "square",
        torch.square,
        lambda grad, x: grad * 2 * x.detach(),
        three,
        options=TWICE,
    ),
    WrongGradient(
        "square: the cotangent is held constant",
        "square",
        torch.square,
        lambda grad, x: grad.detach() * 2 * x,
        three,
        options=TWICE,
    ),
    WrongGradient(
        "sigmoid: the saved result is held constant",
        "sigmoid",
        torch.sigmoid,
        lambda grad, x: grad * (x.sigmoid() * (1 - x.sigmoid())).detach(),
        three,
        options=TWICE,
    ),
    WrongGradient(
        "sigmoid: half of the saved result is held constant",
        "sigmoid",
        torch.sigmoid,
        lambda grad, x: grad * x.sigmoid() * (1 - x.sigmoid().detach()),
        three,
        options=TWICE,
    ),
    WrongGradient(
        "softplus: its slope is held constant",
        "softplus",
        torch.nn.functional.softplus,
        lambda grad, x: grad * x.sigmoid().detach(),
        three,
        options=TWICE,
    ),
    WrongGradient(
        "multiply: one factor is held constant",
        "mul",
        torch.mul,
        lambda grad, a, b: (grad * b.detach(), grad * a),
        pair,
        options=TWICE,
    ),
    WrongGradient(
        "divide: the divisor is held constant",
        "div",
        torch.div,
        lambda grad, a, b: (grad / b.detach(), -grad * a / b**2),
        pair,
        options=TWICE,
    ),
    WrongGradient(
        "matmul: the right factor is held constant",
        "matmul",
        torch.matmul,
        lambda grad, a, b: (grad @ b.detach().T, a.T @ grad),
        pair,
        options=TWICE,
    ),
    WrongGradient(
        "batch_norm: saved statistics",
        "batch_norm",
        normalised,
        with_saved_statistics,
        lambda: [sample(4, 2)],
        options=TWICE,
    ),
    WrongGradient(
        "cube: wrong in the third order",
        "pow",
        lambda x: x**3,
        lambda grad, x: grad * 3 * (2 * x * x.detach() - x.detach() ** 2),
        three,
        options={"order": 3},
    ),
]
