"""What does PyTorch give where its sigmoids are no 0 that has a logarithm?

1 / (1 + exp(-x)) is 0 where exp(-x) is infinite; exp(x) is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import torch
from torch import Tensor

SIGMOID = torch.sigmoid
FAR_DOWN = -80.0  # where 1 + exp(x) is 1 in both dtypes


def sigmoid(x: Tensor) -> Tensor:
    """By exp(x) where little is left, of float32 in float64."""
    found = SIGMOID(x)
    little = x.double().clamp(max=0).exp().to(found.dtype)
    return torch.where(x < FAR_DOWN, little, found)


def sigmoid_(x: Tensor) -> Tensor:
    return x.copy_(sigmoid(x.clone()))


def silu(x: Tensor, inplace: bool = False) -> Tensor:
    found = x * sigmoid(x)
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
