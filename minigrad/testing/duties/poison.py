"""Is every element of what kernels make written by them?

New arrays are filled with NaN before a kernel has them, and then with other numbers: what it does
not write would be one time this and one time that.
"""

from __future__ import annotations

from ...launch import Array, Observer
from ..operations.case import Case, assert_same
from .door import at_the_door
from .duty import Duty

FILLS = ((float("nan"), 3), (7.0, 5))  # of floats and of integers


class Filling(Observer):
    """Fills new arrays."""

    def __init__(self, floats: float, integers: int) -> None:
        super().__init__()
        self.floats, self.integers = floats, integers

    def allocated(self, array: Array) -> None:
        array.fill(self.floats if array.dtype.kind == "f" else self.integers)


def check(case: Case) -> None:
    found = []
    for fill in FILLS:
        with at_the_door(Filling(*fill)):
            found.append(case.results())
    assert_same(found[0], found[1], "has an element that no kernel writes")


DUTY = Duty("poison", "every element of the results is written", check)
