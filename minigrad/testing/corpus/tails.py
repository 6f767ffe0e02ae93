"""Faults: some elements only, such as what is left over when a loop takes eight at a time."""

from __future__ import annotations

import minigrad as torch

from .case import WrongGradient, sample

Tensor = torch.Tensor


def nineteen() -> list[Tensor]:
    return [sample(19)]


def where_not(wrong: Tensor, right: Tensor, places: list[int]) -> Tensor:
    """The wrong numbers at the places, the right ones elsewhere."""
    at = torch.zeros(right.shape, dtype=torch.bool)
    at[places] = True
    return torch.where(at, wrong, right)


def stale(right: Tensor) -> Tensor:
    """As if the tail's registers held what was left of the eight before."""
    return torch.cat([right[:16], right[8:11]])


CASES = [
    WrongGradient(
        "exp: the tail is 0",
        "exp",
        torch.exp,
        lambda grad, x: where_not(grad * 0, grad * x.exp(), [16, 17, 18]),
        nineteen,
    ),
    WrongGradient(
        "exp: the tail repeats the eight before",
        "exp",
        torch.exp,
        lambda grad, x: stale(grad * x.exp()),
        nineteen,
    ),
    WrongGradient(
        "exp: the last element",
        "exp",
        torch.exp,
        lambda grad, x: where_not(grad, grad * x.exp(), [18]),
        nineteen,
    ),
    WrongGradient(
        "exp: the first element",
        "exp",
        torch.exp,
        lambda grad, x: where_not(grad, grad * x.exp(), [0]),
        nineteen,
    ),
    WrongGradient(
        "exp: the last of each eight",
        "exp",
        torch.exp,
        lambda grad, x: where_not(grad, grad * x.exp(), [7, 15]),
        nineteen,
    ),
    WrongGradient(
        "exp: the tail of three hundred",
        "exp",
        torch.exp,
        lambda grad, x: where_not(grad, grad * x.exp(), [296, 297, 298, 299]),
        lambda: [sample(300)],
    ),
    WrongGradient(
        "exp: one of three hundred, by a hundredth",
        "exp",
        torch.exp,
        lambda grad, x: where_not(1.01 * grad * x.exp(), grad * x.exp(), [150]),
        lambda: [sample(300)],
    ),
    WrongGradient(
        "matmul: the last row",
        "matmul",
        torch.matmul,
        lambda grad, a, b: (where_not(grad, grad @ b.T, [2]), a.T @ grad),
        lambda: [sample(3, 3), sample(3, 3, seed=1)],
    ),
    WrongGradient(
        "softmax: the last of a row is left out of the sum",
        "softmax",
        lambda x: torch.softmax(x, 0),
        lambda grad, x: x.softmax(0) * (grad - (grad * x.softmax(0))[:-1].sum()),
        lambda: [sample(9)],
    ),
]
