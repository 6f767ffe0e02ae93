"""Right gradients at, and close to, points where a function has two slopes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import minigrad as torch

from .case import RightGradient, leaf, planted

functional = torch.nn.functional
SECOND = {"order": 2}


def relu_with(slope: float) -> Callable[..., Any]:
    """ReLU with a slope of one's choice at 0."""
    return planted(
        torch.relu,
        lambda grad, x: torch.where(x == 0, slope * grad, grad * (x > 0)),
        {},
    )


CASES = [
    RightGradient("relu at both zeros", torch.relu, lambda: [leaf([0.0, -0.0, 1.0])]),
    RightGradient("relu, a slope of 0.3 at 0", relu_with(0.3), lambda: [leaf([0.0, 1.0])]),
    RightGradient("relu, a slope of 1 at 0", relu_with(1.0), lambda: [leaf([0.0, 1.0])]),
    RightGradient("relu close to 0", torch.relu, lambda: [leaf([1e-3, -1e-3])]),
    RightGradient("relu very close to 0", torch.relu, lambda: [leaf([1e-6, -1e-6])]),
    RightGradient("relu of small numbers", lambda x: 1e-9 * x.relu(), lambda: [leaf([0.0, 1.0])]),
    RightGradient("relu of large numbers", lambda x: 1e9 * x.relu(), lambda: [leaf([0.0, 1.0])]),
    RightGradient("abs at 0", torch.abs, lambda: [leaf([0.0, 1.0])]),
    RightGradient("elu at 0", lambda x: functional.elu(x, -2.0), lambda: [leaf([0.0, -0.0])]),
    RightGradient(
        "two kinks in each output", lambda x: x.relu() - 3 * x.abs(), lambda: [leaf([0.0, -0.0])]
    ),
    RightGradient(
        "a kink where another output is smooth",
        lambda x: (x.relu(), x.exp(), x.sum()),
        lambda: [leaf([0.0, 1.0])],
    ),
    RightGradient(
        "maximum of equal ones", torch.maximum, lambda: [leaf([1.0, 2.0]), leaf([1.0, 3.0])]
    ),
    RightGradient("amax of equal ones", torch.amax, lambda: [leaf([2.0, 1.0, 2.0])]),
    RightGradient("max of equal ones", torch.max, lambda: [leaf([2.0, 1.0, 2.0])]),
    RightGradient("median", torch.median, lambda: [leaf([2.0, 1.0, 4.0])]),
    RightGradient("clamp at a bound", lambda x: x.clamp(-1, 1), lambda: [leaf([-1.0, 1.0, 0.0])]),
    RightGradient("norm at 0", torch.norm, lambda: [leaf([0.0, 0.0])]),
    RightGradient(
        "l1_loss of equal ones", functional.l1_loss, lambda: [leaf([1.0, 2.0]), leaf([1.0, 3.0])]
    ),
    RightGradient(
        "huber_loss at delta, twice differentiable only beside it",
        functional.huber_loss,
        lambda: [leaf([1.0, 2.0]), leaf([0.0, 3.0])],
    ),
    RightGradient(
        "second order through where",
        lambda x: torch.where(x > 0, x**3, torch.sin(x)),
        lambda: [leaf([0.5, -0.5])],
        SECOND,
    ),
    RightGradient(
        "second order through relu", lambda x: x.relu() * x, lambda: [leaf([0.5, -0.5])], SECOND
    ),
    RightGradient(
        "300 elements, each third at a kink",
        torch.relu,
        lambda: [leaf([0.0, 1.0, -1.0] * 100)],
    ),
]
