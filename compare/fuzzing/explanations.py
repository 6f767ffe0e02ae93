"""Which differences are known, and told of where minigrad says how it differs from PyTorch?

Each explanation has a row in SUPPORTED.md. It is of one operation, and of what the row says of it
as narrowly as that can be tested: what it does not match counts as unexplained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..judging.judge import Array
from .judge import Difference
from .rounding import EPS


@dataclass(frozen=True)
class Explanation:
    """Why PyTorch differs.

    Parameters
    ----------
    row : how the row of SUPPORTED.md begins
    explains : whether it is about a difference
    """

    row: str
    explains: Callable[[Difference], bool]


def about(difference: Difference, *names: str) -> bool:
    """Whether the line calls one of these, or a module that does, and numbers differ."""
    if difference.kind not in ("value", "gradient"):
        return False
    text = f"{difference.source} {difference.modules}".lower()
    return any(f"{name}(" in text for name in names)


def where_they_differ(difference: Difference) -> tuple[Array, Array]:
    """The elements that rounding does not explain, in minigrad and in PyTorch."""
    mine, theirs, beyond = difference.mine, difference.theirs, difference.beyond
    return mine[beyond].astype(float), theirs[beyond].astype(float)


def gelu_without_a_bound(difference: Difference) -> bool:
    """A value where PyTorch has NaN or an infinity."""
    if not about(difference, "gelu"):
        return False
    _, theirs = where_they_differ(difference)
    return not np.isfinite(theirs).any()


def close_to_zero(difference: Difference) -> bool:
    """A small number, from a sum with 1: PyTorch's is off by the rounding of that sum."""
    if not about(difference, "log_softmax", "logsoftmax", "cross_entropy", "gelu"):
        return False
    mine, theirs = where_they_differ(difference)
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return bool(np.all(np.abs(mine - theirs) < 8 * eps))


def of_a_gradient(difference: Difference) -> bool:
    """How a gradient lies in memory, and whether it shares that."""
    of_it = "autograd.grad(" in difference.source or ".grad" in difference.path
    return difference.kind in ("being a view", "strides") and of_it


EXPLANATIONS = [
    Explanation("GELU at infinity and the largest number", gelu_without_a_bound),
    Explanation("GELU and log_softmax close to 0", close_to_zero),
    Explanation("memory of what `autograd.grad` gives", of_a_gradient),
]


def explanation_of(difference: Difference) -> str | None:
    """The row that tells of a difference, if one does."""
    for each in EXPLANATIONS:
        if each.explains(difference):
            return each.row
    return None
