"""How long does an operation take, forward and back, in each library?

Both libraries work in this process and take turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any, NamedTuple

SECONDS = 0.002  # of a round of one library


class Times(NamedTuple):
    """Seconds of one call and its backward, the median over rounds."""

    operation: str
    rows: int
    seconds: dict[str, float]  # by library


def time_operation(
    operation: ModuleType, libraries: dict[str, Any], rows: int, rounds: int
) -> dict[str, float]:
    """Seconds by library, for so many rows."""
    works = {name: Work(operation, library, rows) for name, library in libraries.items()}
    counts = {name: work.calls_in(SECONDS) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work.seconds(counts[name]) / counts[name])
    return {name: median(seconds) for name, seconds in found.items()}


class Work:
    """An operation on so many rows, and the gradients of its operands."""

    def __init__(self, operation: ModuleType, library: Any, rows: int) -> None:
        library.manual_seed(0)
        self.operation = operation
        self.library = library
        self.operands = operation.operands(library, rows)
        out = operation.call(library, **self.operands)
        self.cotangent = None if out.dim() == 0 else library.randn(*out.shape)

    def run(self) -> Any:
        """Forward and back once; gives the result."""
        for operand in self.operands.values():
            if operand.requires_grad:
                operand.grad = None
        out = self.operation.call(self.library, **self.operands)
        out.backward(self.cotangent)
        return out

    def seconds(self, count: int) -> float:
        start = perf_counter()
        for _ in range(count):
            self.run()
        return perf_counter() - start

    def calls_in(self, seconds: float) -> int:
        """About how many calls take so long; whatever has to be compiled is compiled now."""
        self.run()
        return max(1, int(seconds / max(self.seconds(3) / 3, 1e-9)))
