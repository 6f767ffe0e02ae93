"""What tells that a loss of two dtypes differs, as PyTorch computes a part of it in the narrower?

PyTorch has minigrad's numbers where both operands are given to it in the wider dtype, and nothing
small is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch import Tensor

from .judge import Difference
from .range_reasons import LOSSES
from .reasons import again, is_given_by
from .rounding import EPS
from .sigmoids import by_exponentials
from .small_parts import with_small_parts

OF_TWO = ("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "kl_div", "cross_entropy")
OF_TWO = (*OF_TWO, "binary_cross_entropy", "binary_cross_entropy_with_logits")


def losses_of_two_dtypes(difference: Difference) -> bool:
    """What is lost in the wider dtype, but for a few roundings of terms of 1."""
    if difference.beyond is None or not re.search(LOSSES, difference.program):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    converted: list[Tensor] = []
    with ExitStack() as changes:
        changes.enter_context(by_exponentials())
        changes.enter_context(with_small_parts())
        for name in OF_TWO:
            wide = in_the_wider(getattr(torch.nn.functional, name), converted)
            changes.enter_context(mock.patch.object(torch.nn.functional, name, wide))
        course = again(lines, difference)
    terms = np.ones(difference.mine.shape)
    return bool(converted) and is_given_by(
        course, difference, EPS.get(difference.mine.dtype.name, 0.0), terms
    )


def in_the_wider(
    function: Callable[..., Tensor], converted: list[Tensor]
) -> Callable[..., Tensor]:
    """A loss that is given both of its operands in float64, if one of them is; and notes that."""

    def changed(x: Tensor, target: Tensor, *rest: Any, **options: Any) -> Tensor:
        if target.is_floating_point() and x.dtype != target.dtype:
            x, target = x.double(), target.double()
            converted.append(x)
        return function(x, target, *rest, **options)

    return changed
