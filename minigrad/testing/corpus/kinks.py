"""Faults: no subgradient at a kink, or the wrong side beside it."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, leaf, sample

Tensor = torch.Tensor
functional = torch.nn.functional


def at_zero() -> list[Tensor]:
    return [leaf([-1.0, 0.0, 1.0])]


def slopes(grad: Tensor, x: Tensor, left: float, middle: float, right: float) -> Tensor:
    """A gradient of one slope below 0, one at it and one above."""
    beside = torch.where(x > 0, right * grad, left * grad)
    return torch.where(x == 0, middle * grad, beside)


CASES = [
    WrongGradient(
        "relu: a slope of -0.5 at 0",
        "relu",
        torch.relu,
        lambda grad, x: slopes(grad, x, 0, -0.5, 1),
        at_zero,
    ),
    WrongGradient(
        "relu: a slope of 1.01 at 0",
        "relu",
        torch.relu,
        lambda grad, x: slopes(grad, x, 0, 1.01, 1),
        at_zero,
    ),
    WrongGradient(
        "relu: the kink at -1",
        "relu",
        torch.relu,
        lambda grad, x: grad * (x > -1),
        lambda: [leaf([-0.5, 2.0])],
    ),
    WrongGradient(
        "relu: NaN at 0",
        "relu",
        torch.relu,
        lambda grad, x: grad * x.relu() / x,
        at_zero,
    ),
    WrongGradient(
        "abs: a slope of 2 at 0",
        "abs",
        torch.abs,
        lambda grad, x: slopes(grad, x, -1, 2, 1),
        at_zero,
    ),
    WrongGradient(
        "leaky_relu: a slope of 0 at 0",
        "leaky_relu",
        lambda x: functional.leaky_relu(x, 0.1),
        lambda grad, x: slopes(grad, x, 0.1, 0, 1),
        at_zero,
    ),
    WrongGradient(
        "elu: a slope of 0.5 at 0, where alpha is 2",
        "elu",
        lambda x: functional.elu(x, 2.0),
        lambda grad, x: torch.where(x < 0, 2 * grad * x.exp(), slopes(grad, x, 0, 0.5, 1)),
        at_zero,
    ),
    WrongGradient(
        "maximum: where both are equal each gets all",
        "maximum",
        torch.maximum,
        lambda grad, a, b: (grad * (a >= b), grad * (b >= a)),
        lambda: [leaf([1.0, 2.0]), leaf([1.0, 3.0])],
    ),
    WrongGradient(
        "amax: equal ones get all of it each",
        "amax",
        torch.amax,
        lambda grad, x: grad * (x == x.amax()),
        lambda: [leaf([2.0, 1.0, 2.0])],
    ),
    WrongGradient(
        "norm: NaN at 0",
        "norm",
        torch.norm,
        lambda grad, x: grad * x / x.norm(),
        lambda: [leaf([0.0, 0.0])],
    ),
    WrongGradient(
        "clamp: it passes outside the bounds",
        "clamp",
        lambda x: x.clamp(-1, 1),
        lambda grad, x: grad * (x.abs() > 1),
        lambda: [leaf([-2.0, 0.5])],
    ),
    WrongGradient(
        "clamp: a slope of 2 at a bound",
        "clamp",
        lambda x: x.clamp(-1, 1),
        lambda grad, x: torch.where(x.abs() == 1, 2 * grad, grad * (x.abs() < 1)),
        lambda: [leaf([-2.0, 0.5, 1.0])],
    ),
    WrongGradient(
        "huber_loss: beyond delta as within",
        "huber_loss",
        lambda x, y: functional.huber_loss(x, y, reduction="none"),
        lambda grad, x, y: (grad * (x - y), grad * (y - x)),
        lambda: [sample(3), leaf([0.0, 3.0, -3.0])],
    ),
    WrongGradient(
        "relu: the kink at -1e-4, seen from -1e-5",
        "relu",
        torch.relu,
        lambda grad, x: grad * (x > -1e-4),
        lambda: [leaf([-1e-5, 1.0])],
    ),
]
