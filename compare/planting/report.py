"""What does a search for planted faults look like on a terminal?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .search import Finding

EXPLANATION = """\
Faults planted in minigrad while it runs, one at a time, and the first row that
the comparison fails because of each: `rows` are those that fail, of how many.
"""


@dataclass(frozen=True)
class Score:
    """How many faults were found."""

    found: int
    planted: int

    def __str__(self) -> str:
        share = 100 * self.found / self.planted if self.planted else 0.0
        return f"{self.found} of {self.planted} planted faults found, {share:.4g} %"


def score_of(findings: Sequence[Finding]) -> Score:
    return Score(sum(each.found for each in findings), len(findings))


def print_report(console: Console, findings: Sequence[Finding], title: str) -> None:
    """The table by themes, what was missed, and the score."""
    console.print(Text(title, style="bold"))
    console.print(Text(EXPLANATION))
    console.print(make_table(findings))
    console.print()
    missed = [each for each in findings if not each.found]
    for each in missed:
        fault = each.fault
        console.print(Text(f"missed: {fault.name}, {each.line}", style="bold red"))
        console.print(Text(f"  {' '.join(fault.right.split())}"))
        console.print(Text(f"  became {' '.join(fault.wrong.split())}"))
        console.print(Text(f"  compared: {', '.join(fault.subjects)}"))
    console.print(Text(f"{score_of(findings)}", style="bold red" if missed else ""))


def make_table(findings: Iterable[Finding]) -> Table:
    """A line for each fault under a line for its theme."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("fault", overflow="fold", ratio=5)
    table.add_column("planted at", overflow="fold", ratio=4)
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("found by", overflow="fold", ratio=5)
    for theme, of_theme in groupby(findings, key=attrgetter("theme")):
        lines = list(of_theme)
        table.add_row(Text(f"{theme}: {score_of(lines).found} of {len(lines)}", style="bold"))
        for each in lines:
            rows = f"{len(each.failed)}/{each.rows}"
            by = Text(where(each)) if each.found else Text("MISSED", style="bold red")
            table.add_row(Text(f"  {each.fault.name}"), Text(each.line), rows, by)
    return table


def where(finding: Finding) -> str:
    """The first row that failed, without its numbers."""
    row = finding.failed[0]
    named = [row.operation, row.dtype, row.quantity, row.case]
    return ", ".join(each for each in named if each)
