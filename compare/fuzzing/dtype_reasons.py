"""What tells that PyTorch computes in the narrower of two dtypes what minigrad does in the wider?

Each function is of one row in SUPPORTED.md: PyTorch has minigrad's numbers where it computes in
the wider one.
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
from .reasons import again, as_it_was, is_given_by
from .rounding import EPS, run
from .sigmoids import by_exponentials
from .small_parts import with_small_parts

OF_TWO = ("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "kl_div", "cross_entropy")
OF_TWO = (*OF_TWO, "binary_cross_entropy", "binary_cross_entropy_with_logits")
CHANGED = re.compile(
    r"(\w+)\.(add|sub|subtract|mul|multiply|div|divide|true_divide|addcmul|addcdiv|pow)_\((.*)\)$"
)
AUGMENTED = re.compile(r"(\w+) ([-+*/])= (.*)$")


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


def summed_in_a_wider_dtype(difference: Difference) -> bool:
    """A float64 gradient, where what changed in place is computed in float64, and rounded then."""
    is_gradient = difference.kind == "gradient" or "autograd.grad(" in difference.source
    if difference.beyond is None or not is_gradient or difference.mine.dtype != np.float64:
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    wide = [CHANGED.sub(r"\1.copy_(\1.double().\2(\3))", line) for line in lines]
    wide = [AUGMENTED.sub(r"\1.copy_(\1.double() \2 \3)", line) for line in wide]
    if wide == lines:
        return False
    return is_given_by(run(wide, change=as_it_was(difference)), difference, EPS["float64"])


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
