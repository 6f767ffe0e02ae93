"""Does the comparison find a fault? Its rows are made once without it, and once with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

from ..comparison import compare
from ..report.terminal import describe
from ..row import FAIL, PASS, Row, failure
from ..trajectories import outcome
from .fault import Fault
from .planted import planted

TRAINING = "training "  # in front of a script's name
STEPS = 24  # of a script, whose epoch has 16
Key = tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What became of a fault.

    Parameters
    ----------
    rows : how many were compared
    failed : those that fail with the fault, and do not without it
    """

    theme: str
    fault: Fault
    line: str
    rows: int
    failed: list[Row] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def found(self) -> bool:
        return bool(self.failed)

    @property
    def by(self) -> str:
        """The first row that failed, in a sentence."""
        return describe(self.failed[0]) if self.failed else ""


class Search:
    """Looks for faults, one after the other; what is right is compared only once."""

    def __init__(self) -> None:
        self._failing: dict[str, set[Key]] = {}

    def look_for(self, theme: str, fault: Fault) -> Finding:
        """Plant a fault, compare what could see it, and take it out again."""
        start, line = perf_counter(), fault.line
        usual = set().union(*[self.failing(each) for each in fault.subjects])
        with planted(fault):
            rows = [row for each in fault.subjects for row in rows_of(each)]
        failed = [row for row in rows if row.verdict == FAIL and key_of(row) not in usual]
        return Finding(theme, fault, line, len(rows), failed, perf_counter() - start)

    def failing(self, subject: str) -> set[Key]:
        """The rows that fail without any fault, if there are some."""
        if subject not in self._failing:
            rows = rows_of(subject)
            self._failing[subject] = {key_of(row) for row in rows if row.verdict == FAIL}
        return self._failing[subject]


def key_of(row: Row) -> Key:
    return row.operation, row.case, row.dtype, row.quantity


def rows_of(subject: str) -> Iterator[Row]:
    """The rows of something that can be compared; of a script there is one."""
    script = subject.removeprefix(TRAINING)
    if script == subject:
        yield from compare([subject])
        return
    (found,) = outcome.compare(STEPS, [script])
    yield row_of(script, found.outcome)


def row_of(script: str, found: outcome.Outcome) -> Row:
    """Where a training first went another way, as a row."""
    if found.verdict != FAIL:
        return Row(TRAINING.strip(), script, "", "", 0.0, None, None, "", PASS)
    note = found.note or f"{found.start} starts with other bits"
    for how, place in (
        ("eager", found.parting),
        ("one step", found.single_parting),
        ("compiled", found.compiled),
    ):
        if place is not None and not found.note and found.start is None:
            note = f"{how}: {place.tensor} after step {place.step}"
            break
    return failure(TRAINING.strip(), note, case=script)
