"""What is a duty of an operation: what is checked, and on which samples?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..operations.case import Case
from ..operations.sample import Manner


def always(case: Case) -> bool:
    """There is something to check in every example."""
    return True


class Duty(NamedTuple):
    """Something that holds for every example of an operation."""

    name: str
    states: str  # what holds, in a few words
    check: Callable[[Case], None]  # raises an AssertionError if it does not
    manner: Manner = Manner()
    applies: Callable[[Case], bool] = always
    share: float = 1.0  # of the examples that are asked for
    most: int | None = None  # examples, where each takes long
    random: bool = False  # drawn from a seed: too large for Hypothesis
    apart: bool = False  # in a process of its own
