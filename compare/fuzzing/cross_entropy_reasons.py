"""What tells that derivatives of a binary cross entropy differ as it is known that they do?

PyTorch computes the second from a formula of its own, which is not the derivative of its first.
"""

from __future__ import annotations

from typing import Any
from unittest import mock

import numpy as np
import torch
from torch import Tensor

from .judge import Difference
from .reasons import about, where_they_differ
from .rounding import Yardstick
from .sigmoids import by_exponentials

CLAMPED = 1e-12
LEAST_LOGARITHM = -100.0


class BySlopes(torch.autograd.Function):
    """Losses whose gradients are PyTorch's first ones, and differentiable as they stand."""

    @staticmethod
    def forward(ctx: Any, p: Tensor, target: Tensor) -> Tensor:
        ctx.save_for_backward(p, target)
        return torch.ops.aten.binary_cross_entropy(p, target, None, 0)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        p, target = ctx.saved_tensors
        spread = p * (1 - p)
        by_p = (p - target) / spread.clamp(min=CLAMPED)
        inside = spread >= CLAMPED
        safe = torch.where(inside, p, 0.5)
        logarithms = [each.detach().clamp(min=LEAST_LOGARITHM) for each in (p.log(), (-p).log1p())]
        line = logarithms[1] - logarithms[0] - (p - p.detach()) / CLAMPED
        by_target = torch.where(inside, (-safe).log1p() - safe.log(), line)
        return grad * by_p, grad * by_target


def by_slopes(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """What stands for `torch.nn.functional.binary_cross_entropy`."""
    losses = BySlopes.apply(input, target)
    losses = losses if weight is None else losses * weight
    return losses if reduction == "none" else getattr(losses, reduction)()


def target_at_its_end(difference: Difference) -> bool:
    """What the loss's own slope by its target makes of a gradient; PyTorch's is infinite."""
    if not about(difference, "binary_cross_entropy", "bceloss"):
        return False
    if np.isfinite(where_they_differ(difference)[1]).any():
        return False
    with by_exponentials():
        return derivative_of_the_slope(difference)


def derivative_of_the_slope(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers, but for roundings, where it differentiates its gradient."""
    if not about(difference, "binary_cross_entropy", "bceloss"):
        return False
    line, path = difference.line, difference.path
    with mock.patch.object(torch.nn.functional, "binary_cross_entropy", by_slopes):
        yardstick = Yardstick(difference.program.splitlines()[: line + 1])
        course = yardstick.courses.nominal
        wanted = course[line].get(path) if line < len(course) else None
        if wanted is None or wanted.shape != difference.mine.shape:
            return False
        beyond = yardstick.beyond(line, path, difference.mine, wanted)
    return not (beyond & difference.beyond).any()
