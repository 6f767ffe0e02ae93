"""How long does an operation take, forward and back, in each library?

Both libraries work in this process and take turns, so that a machine that slows down slows both.
A turn begins when all threads sleep: those that the other library had work for look for more for
some twenty milliseconds, and until then take the processors from this one's. Then there are calls
that do not count, until threads are awake and caches hold this one's arrays: the first call of
BatchNorm's evaluation on a million elements takes 1.2 ms, the tenth 0.3.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any, NamedTuple

from .threads import fall_silent

COLUMNS = 64  # of the operands of every operation
WARMING, SECONDS = 0.02, 0.01  # of a turn: before it counts, and then


class Passes(NamedTuple):
    """The same of one call and of its backward: seconds, or bytes."""

    forward: float
    backward: float


class Times(NamedTuple):
    """Seconds of one call and its backward, medians over rounds, and what they did."""

    operation: str
    rows: int
    seconds: dict[str, Passes]  # by library
    moved: Passes | None  # bytes that minigrad must at least read and write, if that is known
    calculated: Passes | None  # products and sums, of an operation that is bound by them


def time_operation(
    name: str, operation: ModuleType, libraries: dict[str, Any], rows: int, rounds: int
) -> Times:
    """Times in all libraries for so many rows."""
    works = {library: Work(operation, module, rows) for library, module in libraries.items()}
    for work in works.values():
        work.run()  # whatever has to be compiled is compiled now
    found: dict[str, list[Passes]] = {library: [] for library in works}
    for _ in range(rounds):
        for library, work in works.items():
            found[library].append(work.take_turn())
    seconds = {
        library: Passes(*(median(each) for each in zip(*passes, strict=True)))
        for library, passes in found.items()
    }
    per_row = getattr(operation, "CALCULATED", None)
    calculated = None if per_row is None else Passes(*(rows * each for each in per_row))
    moved = works["minigrad"].bytes_moved() if getattr(operation, "READS_ALL", True) else None
    return Times(name, rows, seconds, moved, calculated)


class Work:
    """An operation on so many rows, and the gradients of its operands."""

    def __init__(self, operation: ModuleType, library: Any, rows: int) -> None:
        library.manual_seed(0)
        self.operation = operation
        self.library = library
        self.operands = operation.operands(library, rows)
        out = operation.call(library, **self.operands)
        self.cotangent = None if out.dim() == 0 else library.randn(*out.shape)
        self.forward = self.backward = 0.0

    def run(self) -> Any:
        """Forward and back once, adding to the seconds of both; gives the result."""
        for operand in self.operands.values():
            if operand.requires_grad:
                operand.grad = None
        start = perf_counter()
        out = self.operation.call(self.library, **self.operands)
        between = perf_counter()
        out.backward(self.cotangent)
        self.backward += perf_counter() - between
        self.forward += between - start
        return out

    def take_turn(self) -> Passes:
        """Seconds of one call and its backward, the mean of those that count."""
        fall_silent()
        self.run_for(WARMING)
        self.forward = self.backward = 0.0
        count = self.run_for(SECONDS)
        return Passes(self.forward / count, self.backward / count)

    def run_for(self, seconds: float) -> int:
        """How many calls are begun in so much time; at least one."""
        count, end = 0, perf_counter() + seconds
        while count == 0 or perf_counter() < end:
            self.run()
            count += 1
        return count

    def bytes_moved(self) -> Passes:
        """Operands and result forward; what was kept and gradients backward, each once."""
        out = self.operation.call(self.library, **self.operands)
        given = self.operands.values()
        kept = sum(each.nbytes for each in out.grad_fn.saved if each is not None)
        gradients = sum(each.nbytes for each in given if each.requires_grad)
        forward = sum(each.nbytes for each in given) + out.nbytes
        return Passes(forward, kept + out.nbytes + gradients)
