"""Faults: how a gradient is summed over a dimension that its operand did not have."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, sample


def with_bias() -> list[torch.Tensor]:
    return [sample(4, 3), sample(3, seed=1)]


CASES = [
    WrongGradient(
        "add: the bias gets the mean over the batch",
        "add",
        torch.add,
        lambda grad, x, bias: (grad, grad.mean(0)),
        with_bias,
    ),
    WrongGradient(
        "add: the bias gets the last row",
        "add",
        torch.add,
        lambda grad, x, bias: (grad, grad[-1]),
        with_bias,
    ),
    WrongGradient(
        "add: summed over the other dimension of a square",
        "add",
        torch.add,
        lambda grad, x, bias: (grad, grad.sum(1)),
        lambda: [sample(3, 3), sample(3, seed=1)],
    ),
    WrongGradient(
        "add: of two new dimensions the first is averaged",
        "add",
        torch.add,
        lambda grad, x, bias: (grad, grad.mean(0).sum(0)),
        lambda: [sample(2, 3, 2), sample(2, seed=1)],
    ),
    WrongGradient(
        "multiply: a column gets the first of its row",
        "mul",
        torch.mul,
        lambda grad, a, b: ((grad * b)[:, :1], (grad * a).sum(0, keepdim=True)),
        lambda: [sample(3, 1), sample(1, 4, seed=1)],
    ),
    WrongGradient(
        "multiply: a number gets the sum without the other factor",
        "mul",
        torch.mul,
        lambda grad, x, scale: (grad * scale, grad.sum()),
        lambda: [sample(4), sample(seed=1)],
    ),
    WrongGradient(
        "multiply: summed before it is multiplied",
        "mul",
        torch.mul,
        lambda grad, x, weight: (grad * weight, grad.sum(0) * x.sum(0)),
        with_bias,
    ),
    WrongGradient(
        "expand: the first row instead of the sum",
        "expand",
        lambda x: x.expand(3, 4),
        lambda grad, x: grad[0],
        lambda: [sample(4)],
    ),
    WrongGradient(
        "linear: the bias is counted once",
        "linear",
        torch.nn.functional.linear,
        lambda grad, x, weight, bias: (grad @ weight, grad.T @ x, grad[0]),
        lambda: [sample(4, 3), sample(2, 3, seed=1), sample(2, seed=2)],
    ),
]
