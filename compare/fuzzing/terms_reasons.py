"""What tells that a gradient is infinite or NaN as it is differentiated term by term?

Where a gradient is to be differentiated, that of these functions is the one of their definition:
an infinite one that comes back is multiplied with terms of two signs. PyTorch has minigrad's
numbers where it goes that way.
"""

from __future__ import annotations

import math
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch import Tensor

from .judge import Difference
from .reasons import about, as_it_was, is_given_by, where_they_differ
from .rounding import EPS, run
from .sigmoids import by_exponentials
from .small_parts import CUBIC, TWICE, sigmoid

CLAMPED = 1e-12
LEAST_LOGARITHM = -100.0
LOSSES = ("binary_cross_entropy", "bceloss", "bcewithlogitsloss")
CALLED = (
    "sigmoid",
    "sigmoid_",
    "gelu",
    "silu",
    "softplus",
    "binary_cross_entropy_with_logits",
    *LOSSES,
)


def term_by_term(difference: Difference) -> bool:
    """No number, in a gradient that can be differentiated, after lines that left what they do."""
    if not about(difference, *CALLED) or "create_graph=True" not in difference.source:
        return False
    if np.isfinite(where_they_differ(difference)[0]).any():
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    unchanged = as_it_was(difference)
    with by_exponentials(), mock.patch.multiple(torch.nn.functional, **DEFINITIONS):
        course = run(lines, change=unchanged)
    return is_given_by(course, difference, EPS.get(difference.mine.dtype.name, 0.0))


def gelu(x: Tensor, approximate: str = "none") -> Tensor:
    if approximate == "tanh":
        return x * sigmoid(TWICE * (x + CUBIC * (x * x * x)))
    return x * (0.5 * torch.erfc(-math.sqrt(0.5) * x))


class Silu(torch.autograd.Function):
    """With a gradient that is differentiable as it stands."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return torch.ops.aten.silu(x)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> Tensor:  # type: ignore[override]
        (x,) = ctx.saved_tensors
        gate = sigmoid(x)
        return grad * (gate * (1 + x * (1 - gate)))


def silu(x: Tensor, inplace: bool = False) -> Tensor:
    return x.copy_(Silu.apply(x.clone())) if inplace else Silu.apply(x)


def softplus(x: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    t = x * beta
    curve = (torch.where(t > 0, t, 0) + (1 + torch.where(t > 0, -t, t).exp()).log()) / beta
    return torch.where(t > threshold, x, curve)


def binary_cross_entropy(
    p: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    inside = p * (1 - p) >= CLAMPED
    safe = torch.where(inside, p, 0.5)
    losses = -(target * safe.log() + (1 - target) * (-safe).log1p())
    here = p.detach()
    log_p, log_q = (each.clamp(min=LEAST_LOGARITHM) for each in (here.log(), (-here).log1p()))
    moved = p - here
    parabola = moved * (moved / 2 + (here - target)) / CLAMPED
    losses = torch.where(inside, losses, parabola - (target * log_p + (1 - target) * log_q))
    return reduced(losses, weight, reduction)


def binary_cross_entropy_with_logits(
    x: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    positive = target if pos_weight is None else target * pos_weight
    both = 1 if pos_weight is None else 1 - target + positive
    rest = both * torch.where(x < 0, x, -x).exp().log1p()
    losses = torch.where(x < 0, -positive, 1 - target) * x + rest
    return reduced(losses, weight, reduction)


def reduced(losses: Tensor, weight: Tensor | None, reduction: str) -> Tensor:
    losses = losses if weight is None else losses * weight
    return losses if reduction == "none" else getattr(losses, reduction)()


DEFINITIONS = {
    each.__name__: each
    for each in (gelu, silu, softplus, binary_cross_entropy, binary_cross_entropy_with_logits)
}
