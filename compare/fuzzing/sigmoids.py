"""What does PyTorch give where its sigmoids are no 0 that has a logarithm?

1 / (1 + exp(-x)) is 0 where exp(-x) is infinite; exp(x) is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import torch
from torch import Tensor

from .small_parts import BySlopes

SIGMOID = torch.sigmoid
FAR_DOWN = -80.0  # where 1 + exp(x) is 1 in both dtypes


def sigmoid(x: Tensor) -> Tensor:
    """By exp(x) where little is left, of float32 in float64; with a slope by the result."""
    if not x.is_floating_point():
        return SIGMOID(x)

    def value(wide: Tensor) -> Tensor:
        return torch.where(wide < FAR_DOWN, wide.clamp(max=0).exp(), SIGMOID(x).double())

    def slope(wide: Tensor) -> tuple[Tensor]:
        out = sigmoid(wide.to(x.dtype)).double()
        return (out * (1 - out),)

    return BySlopes.apply(value, slope, x)


def sigmoid_(x: Tensor) -> Tensor:
    return x.copy_(sigmoid(x.clone()))


def silu(x: Tensor, inplace: bool = False) -> Tensor:
    """x times that, with a gradient that is a product with the slope."""
    slope = lambda x: (sigmoid(x) * (1 + x * sigmoid(-x)),)  # noqa: E731
    found = BySlopes.apply(lambda x: x * sigmoid(x), slope, x)
    return x.copy_(found) if inplace else found


@contextmanager
def by_exponentials() -> Iterator[None]:
    """Give PyTorch these instead of its own, for as long as this lasts."""
    with ExitStack() as changes:
        for place in (torch, torch.Tensor):
            for function in (sigmoid, sigmoid_):
                changes.enter_context(mock.patch.object(place, function.__name__, function))
        changes.enter_context(mock.patch.object(torch.nn.functional, "silu", silu))
        yield
