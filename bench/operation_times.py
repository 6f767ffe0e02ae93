"""How long does an operation take, forward and back, in each library?

Both libraries work in this process and take turns, so that a machine that slows down slows both.
A turn begins with a call that does not count: the threads that the other has had work for look for
more during some milliseconds, and until then take the processors from this one's.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any, NamedTuple

COLUMNS = 64  # of the operands of every operation
SECONDS = 0.002  # of a round of one library


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
    counts = {library: work.calls_in(SECONDS) for library, work in works.items()}
    found: dict[str, list[Passes]] = {library: [] for library in works}
    for _ in range(rounds):
        for library, work in works.items():
            found[library].append(work.seconds(counts[library]))
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

    def seconds(self, count: int) -> Passes:
        """Of one call and its backward, the mean of so many after one that does not count."""
        self.run()
        self.forward = self.backward = 0.0
        for _ in range(count):
            self.run()
        return Passes(self.forward / count, self.backward / count)

    def calls_in(self, seconds: float) -> int:
        """About how many calls take so long; whatever has to be compiled is compiled now."""
        self.run()
        return max(1, int(seconds / max(sum(self.seconds(3)), 1e-9)))

    def bytes_moved(self) -> Passes:
        """Operands and result forward; what was kept and gradients backward, each once."""
        out = self.operation.call(self.library, **self.operands)
        given = self.operands.values()
        kept = sum(each.nbytes for each in out.grad_fn.saved if each is not None)
        gradients = sum(each.nbytes for each in given if each.requires_grad)
        forward = sum(each.nbytes for each in given) + out.nbytes
        return Passes(forward, kept + out.nbytes + gradients)
