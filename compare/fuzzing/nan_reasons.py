"""What tells that PyTorch has another gradient at NaN, as it is known to?

Each function is of one row in SUPPORTED.md: PyTorch has minigrad's numbers where it is given what
minigrad does at NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest import mock

import torch
from torch import Tensor

from .judge import Difference
from .reasons import again, is_given_by
from .rounding import EPS

Function = Callable[..., Tensor]


def elu_at_nan(difference: Difference) -> bool:
    """That of ELU and SELU is NaN as well, and not 1."""
    names = "elu", "selu", "elu_", "selu_"
    others = {name: with_nan(getattr(torch.nn.functional, name)) for name in names}
    return is_given_with(others, difference)


def with_nan(function: Function) -> Function:
    """A function whose gradient is NaN where its operand is."""

    def changed(x: Tensor, *given: Any, **named: Any) -> Tensor:
        factor = torch.where(torch.isnan(x), x, 1).detach()
        if function.__name__.endswith("_"):
            return x.copy_(function(x.clone(), *given, **named) * factor)
        return function(x, *given, **named) * factor

    return changed


def curvature_at_nan(difference: Difference) -> bool:
    """That of a square, and not of a line."""
    others: dict[str, Function] = {"huber_loss": huber_loss, "smooth_l1_loss": smooth_l1_loss}
    return "create_graph=True" in difference.program and is_given_with(others, difference)


def huber_loss(x: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0) -> Tensor:
    distance = x - target
    line = delta * (distance.abs() - delta / 2)
    losses = torch.where(distance.abs() > delta, line, 0.5 * distance * distance)
    return losses if reduction == "none" else getattr(losses, reduction)()


def smooth_l1_loss(
    x: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    return huber_loss(x, target, reduction, beta) / beta


def divergence_of_no_probability(difference: Difference) -> bool:
    """A gradient of 0 times the logarithm of a negative number, which is NaN."""
    return is_given_with({"kl_div": kl_div}, difference)


def kl_div(
    x: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    if log_target:
        losses = target.exp() * (target - x)
    else:
        losses = torch.where(target == 0, 0.0, target * target.log()) - target * x
    if reduction == "batchmean":
        return losses.sum() / len(x)
    return losses if reduction == "none" else getattr(losses, reduction)()


def is_given_with(others: dict[str, Function], difference: Difference) -> bool:
    """Whether PyTorch has minigrad's numbers with other functions, which modules call as well."""
    text = difference.program.lower().replace("_", "")
    called = any(f".{name.replace('_', '')}" in text for name in others)
    if difference.beyond is None or not called:
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    with ExitStack() as changes:
        for name, function in others.items():
            changes.enter_context(mock.patch.object(torch.nn.functional, name, function))
        return is_given_by(
            again(lines, difference), difference, EPS.get(difference.mine.dtype.name, 0.0)
        )
