"""Which differences are known, and told of where minigrad says how it differs from PyTorch?

Each explanation has a row in SUPPORTED.md. It is of one operation, and of what a row says of it
as narrowly as that can be tested: what it does not match counts as unexplained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .judge import Difference


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


EXPLANATIONS: list[Explanation] = []


def explanation_of(difference: Difference) -> str | None:
    """The row that tells of a difference, if one does."""
    for each in EXPLANATIONS:
        if each.explains(difference):
            return each.row
    return None
