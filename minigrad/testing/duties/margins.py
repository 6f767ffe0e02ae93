"""Do kernels leave alone, and not look at, what lies before and after their operands?

Each operand is copied into the middle of a larger block. What surrounds it is NaN, or for
integers a number that nobody has; a second time it is another number. The results must be the
same, the margins as before, and operands that are only read as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ...kernels.kernel import Kernel
from ...launch import Array, Observer
from ..operations.case import Case, assert_same
from .door import at_the_door
from .duty import Duty

MARGIN = 128  # elements on either side: more than a kernel takes at a time
FILLS = (
    {"f": float("nan"), "i": np.iinfo(np.int64).min + 7, "b": True},
    {"f": 1e30, "i": np.iinfo(np.int64).max - 7, "b": False},
)


class Guarded(NamedTuple):
    """A copy of an operand between margins."""

    block: Array
    inner: Array
    before: bytes  # of both margins

    def margins(self) -> bytes:
        return self.block[:MARGIN].tobytes() + self.block[self.block.size - MARGIN :].tobytes()


class Guarding(Observer):
    """Runs kernels on copies of their operands between margins."""

    def __init__(self, fill: dict[str, Any]) -> None:
        super().__init__()
        self.fill = fill

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        if not isinstance(kernel, Kernel):
            kernel(*operands)
            return
        guarded: dict[int, Guarded] = {}  # by their memory: two operands may be one
        given = list(operands)
        for position, each in enumerate(operands):
            if isinstance(each, np.ndarray):
                found = guarded.setdefault(each.ctypes.data, self._guarded(each))
                if found.inner.size != each.size:  # it starts where another does
                    found = guarded[-position - 1] = self._guarded(each)
                given[position] = found.inner.reshape(each.shape)
        kernel(*given)
        for each in guarded.values():
            if each.margins() != each.before:
                raise AssertionError(f"{kernel} writes beyond an operand of {each.inner.size}")
        for position, each in enumerate(operands):
            if not isinstance(each, np.ndarray):
                continue
            if position in kernel.writes:
                each[...] = given[position]
            elif given[position].tobytes() != each.tobytes() and not self._shared(
                kernel, operands, position
            ):
                raise AssertionError(
                    f"{kernel} writes to {kernel.parameters[position]}, which it only reads"
                )

    def _guarded(self, array: Array) -> Guarded:
        block = np.full(array.size + 2 * MARGIN, self.fill[array.dtype.kind], array.dtype)
        inner = block[MARGIN : MARGIN + array.size]
        inner[...] = array.reshape(-1)
        found = Guarded(block, inner, b"")
        return found._replace(before=found.margins())

    def _shared(self, kernel: Kernel, operands: tuple[Any, ...], position: int) -> bool:
        """Whether an operand is also one that the kernel writes."""
        return any(np.shares_memory(operands[position], operands[each]) for each in kernel.writes)


def check(case: Case) -> None:
    guarded = []
    for fill in FILLS:  # before anything is run without margins
        with at_the_door(Guarding(fill)):
            guarded.append(case.results())
    expected = case.results()
    for found in guarded:
        assert_same(found, expected, "depends on what lies beside the operands")


DUTY = Duty("margins", "nothing but results is written, nothing beside operands matters", check)
