"""What is in a report, whoever it is shown to?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ..differences.replay import Difference
from ..row import FAIL, KNOWN_DIFFERENCE, VERDICTS, Row


@dataclass(frozen=True)
class Section:
    """A part of the report besides the rows, in each of its three forms.

    Parameters
    ----------
    text : for the terminal
    body : for the page: HTML, which may have SVG drawings in it and loads nothing
    data : for JSON
    fails : whether something in it does
    """

    title: str
    text: str
    body: str
    data: Any
    fails: bool = False


@dataclass(frozen=True)
class Report:
    """All that a comparison found, and on what machine."""

    title: str
    machine: dict[str, Any]  # with versions, devices, date
    rows: list[Row]
    differences: list[Difference] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)  # what was asked for, and why it is missing

    @property
    def fails(self) -> bool:
        """Whether a row does, or a section."""
        parts = [row.verdict == FAIL for row in self.rows]
        return any(parts) or any(each.fails for each in self.sections)


def as_json(report: Report, brief: bool = False) -> dict[str, Any]:
    """The report in what JSON knows; if it is to be brief, the worst rows, without profiles."""
    rows = worst_rows(report.rows) if brief else report.rows
    return {
        **report.machine,
        "summary": summary(report.rows),
        "not_run": report.not_run,
        "rows": [asdict(replace(row, profile=()) if brief else row) for row in rows],
        "differences": [asdict(each) for each in report.differences],
        "sections": [{"title": each.title, "data": each.data} for each in report.sections],
    }


def group(row: Row) -> tuple[str, ...]:
    """What rows have in common that one line stands for."""
    return row.device, row.operation, row.dtype, row.quantity


def worst_rows(rows: Iterable[Row]) -> list[Row]:
    """For each group the row that is closest to failing."""
    worst: dict[tuple[str, ...], Row] = {}
    for row in rows:
        known = worst.get(group(row))
        if known is None or severity(row) > severity(known):
            worst[group(row)] = row
    return list(worst.values())


def severity(row: Row) -> tuple[bool, bool, float]:
    return row.verdict == FAIL, row.verdict == KNOWN_DIFFERENCE, row.strain


def summary(rows: Sequence[Row]) -> str:
    """How many rows there are of each verdict, and in how many PyTorch is nearer."""
    counts = Counter(row.verdict for row in rows)
    parts = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]]
    further = sum(row.is_further_off for row in rows)
    text = f"{len(rows)} rows: {', '.join(parts)}"
    return f"{text}; minigrad is further off than PyTorch in {further}" if further else text
