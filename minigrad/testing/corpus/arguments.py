"""Faults: operands, branches or sides taken for each other."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, sample


def pair() -> list[torch.Tensor]:
    return [sample(3, 3, low=0.5), sample(3, 3, low=0.5, seed=1)]


CONDITION = torch.tensor([[True, False, True], [False, False, True], [True, True, False]])

CASES = [
    WrongGradient(
        "multiply: each gets itself",
        "mul",
        torch.mul,
        lambda grad, a, b: (grad * a, grad * b),
        pair,
    ),
    WrongGradient(
        "matmul: the right factor is not transposed",
        "matmul",
        torch.matmul,
        lambda grad, a, b: (grad @ b, a.T @ grad),
        pair,
    ),
    WrongGradient(
        "matmul: the factors change sides",
        "matmul",
        torch.matmul,
        lambda grad, a, b: (b.T @ grad, grad @ a.T),
        pair,
    ),
    WrongGradient(
        "linear: the weight's gradient is transposed",
        "linear",
        torch.nn.functional.linear,
        lambda grad, x, weight: (grad @ weight, x.T @ grad),
        pair,
    ),
    WrongGradient(
        "where: the branches",
        "where",
        lambda a, b: torch.where(CONDITION, a, b),
        lambda grad, a, b: (grad * ~CONDITION, grad * CONDITION),
        pair,
    ),
    WrongGradient(
        "subtract: the operands",
        "sub",
        torch.sub,
        lambda grad, a, b: (-grad, grad),
        pair,
    ),
    WrongGradient(
        "divide: as if the other way round",
        "div",
        torch.div,
        lambda grad, a, b: (-grad * b / a**2, grad / a),
        pair,
    ),
    WrongGradient(
        "maximum: it goes to the smaller one",
        "maximum",
        torch.maximum,
        lambda grad, a, b: (grad * (a < b), grad * (a >= b)),
        pair,
    ),
    WrongGradient(
        "cat: the parts",
        "cat",
        lambda a, b: torch.cat([a, b]),
        lambda grad, a, b: (grad[3:], grad[:3]),
        pair,
    ),
    WrongGradient(
        "transpose: the gradient is not transposed",
        "transpose",
        lambda a: a.T * 1,
        lambda grad, a: grad * 1,
        lambda: [sample(3, 3)],
    ),
    WrongGradient(
        "flip: the gradient is not flipped",
        "flip",
        lambda x: torch.flip(x, [0]),
        lambda grad, x: grad * 1,
        lambda: [sample(3)],
    ),
    WrongGradient(
        "mse_loss: the target gets the input's",
        "mse_loss",
        torch.nn.functional.mse_loss,
        lambda grad, x, y: (grad * 2 * (x - y) / x.numel(), grad * 2 * (x - y) / x.numel()),
        pair,
    ),
    WrongGradient(
        "one gradient for two outputs",
        "several",
        lambda x: (x * 2, x * 3),
        lambda first, second, x: first * 2 + first * 3,
        lambda: [sample(3)],
    ),
]
