"""What does a comparison look like on a terminal?"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..differences.replay import Difference
from ..row import FAIL, KNOWN_DIFFERENCE, Row
from .content import Report, group, summary, worst_rows
from .numbers import microseconds, number, place

COLOURS = {FAIL: "bold red", KNOWN_DIFFERENCE: "yellow"}
WIDE = 130  # columns of a terminal that has room for means and for the name of the worst case
NAME = 25  # columns for a name elsewhere
FAILURES_SHOWN = 40
SHORT = {KNOWN_DIFFERENCE: "known diff."}
EXPLANATION = """\
Largest errors in ulp against the mathematics in extended precision; in a line
for several cases, those of the case that uses most of what is allowed. Allowed
because of: rounding, what the formula's roundings may add up to; PyTorch, its
own error, which is larger; exact and bits, nothing beyond correct rounding.
`second` are gradients of gradients; `every`, numbers of all sizes of float32.
"""


def print_report(console: Console, report: Report, verbose: bool) -> None:
    """The tables, what failed, where PyTorch is known to differ, and the sum of it."""
    rows = report.rows
    console.print(Text(report.title, style="bold"))
    console.print(Text(EXPLANATION))
    for device in dict.fromkeys(row.device for row in rows):
        of_device = [row for row in rows if row.device == device]
        shown = of_device if verbose else worst_rows(of_device)
        if any(row.error is not None for row in shown):
            counts = Counter(group(row) for row in of_device)
            console.print(Text(f"PyTorch on {device}", style="bold"))
            console.print(make_table(shown, None if verbose else counts, console.width))
            console.print()
    print_lists(console, rows)
    if report.differences:
        print_differences(console, report.differences)
    for section in report.sections:
        console.print(Text(section.title, style="bold"))
        console.print(Text(section.text))
        console.print()
    for line in report.not_run:
        console.print(Text(f"not run: {line}", style="yellow"))
    console.print(Text(summary(rows)))


def print_lists(console: Console, rows: Sequence[Row]) -> None:
    """What failed, and where one of the libraries is known to be off."""
    failed = failures([row for row in rows if row.verdict == FAIL])
    if failed:
        console.print(Text("Failed", style="bold red"))
        for line in failed[:FAILURES_SHOWN]:
            console.print(item(line, console.width))
        if len(failed) > FAILURES_SHOWN:
            console.print(f"... and {len(failed) - FAILURES_SHOWN} more: see --verbose or --json")
        console.print()
    known = [row for row in rows if row.verdict == KNOWN_DIFFERENCE]
    if known:
        console.print(Text("Known differences: minigrad passes, PyTorch is off", style="bold"))
        for line in differences(known):
            console.print(item(line, console.width))
        console.print()


def print_differences(console: Console, found: Sequence[Difference]) -> None:
    """What each of the programs gave; `--replay NAME` prints them."""
    console.print(Text("Where PyTorch disagrees with itself or with what is right", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("program", overflow="fold")
    for side in found[0].given:
        table.add_column(side, overflow="fold")
    for each in found:
        table.add_row(Text(each.name), *(Text(given) for given in each.given.values()))
    console.print(table)
    console.print()


def item(text: str, width: int) -> Text:
    """A line of a list, wrapped and indented."""
    return Text(textwrap.fill(text, width, initial_indent="- ", subsequent_indent="  "))


def make_table(rows: Sequence[Row], counts: Counter[tuple[str, ...]] | None, width: int) -> Table:
    """A line for each row under a line for its operation.

    Parameters
    ----------
    counts : how many cases each line stands for; None where it stands for itself
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0)
    table.add_column("quantity", no_wrap=True)
    if counts is not None:
        table.add_column("cases", justify="right", no_wrap=True)
    columns = columns_of(rows, width)
    for name, _ in columns:
        table.add_column(name, justify="right", no_wrap=True)
    timed = any(row.seconds is not None for row in rows)
    with_reason, with_case = width >= WIDE or not timed, counts is None or width >= WIDE
    if with_reason:
        table.add_column("because", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    if with_case:
        table.add_column("case", overflow="fold" if counts is None else "ellipsis", ratio=1)
    for operation, lines in groupby(rows, key=_operation):
        name = operation if width >= WIDE else in_lines(operation)
        table.add_row(Text(name, style="bold"))
        for row in lines:
            cells = [Text(f"  {row.dtype} {row.quantity}".rstrip())]
            if counts is not None:
                cells.append(Text(str(counts[group(row)])))
            cells += [Text(shown(row)) for _, shown in columns]
            cells += [Text(row.reason)] if with_reason else []
            cells += [verdict_cell(row.verdict), *([Text(row.case)] if with_case else [])]
            table.add_row(*cells)
    return table


def in_lines(name: str) -> str:
    """A long name in two lines, so that numbers have room."""
    end = name.rfind("_", 0, NAME) + 1
    return name if len(name) <= NAME or not end else f"{name[:end]}\n  {name[end:]}"


def columns_of(rows: Sequence[Row], width: int) -> list[tuple[str, Callable[[Row], str]]]:
    """The columns of numbers that a table of these rows has: a heading, and a cell's text."""
    columns: list[tuple[str, Callable[[Row], str]]] = [
        ("minigrad", lambda row: number(row.error)),
        ("PyTorch", lambda row: number(row.torch_error)),
    ]
    if any(row.tf32_error is not None for row in rows):
        columns.append(("TF32", lambda row: number(row.tf32_error)))
    columns.append(("allowed", lambda row: number(row.allowed)))
    if width >= WIDE:
        columns.append((" mean", lambda row: number(row.mean_error)))
        columns.append((" PyTorch's", lambda row: number(row.torch_mean_error)))
        columns.append((" at", lambda row: place(row.where)))
    if any(row.seconds is not None for row in rows):
        columns.append((" µs", lambda row: microseconds(row.seconds)))
        columns.append((" PyTorch", lambda row: microseconds(row.torch_seconds)))
    return columns


def verdict_cell(verdict: str) -> Text:
    return Text(SHORT.get(verdict, verdict), style=COLOURS.get(verdict, ""))


def _operation(row: Row) -> str:
    return row.operation


def failures(rows: Sequence[Row]) -> list[str]:
    """A line for each failed row; one for all that failed for one reason without a number."""
    lines = []
    seen: Counter[tuple[str, str]] = Counter(
        (row.operation, row.note) for row in rows if row.error is None
    )
    for row in rows:
        count = seen.pop((row.operation, row.note), 0) if row.error is None else 1
        if count:
            others = f" (and {count - 1} other cases)" if count > 1 else ""
            lines.append(f"{describe(row)}{others}")
    return lines


def describe(row: Row) -> str:
    """A failed row in a sentence."""
    named = [row.operation, row.dtype, row.quantity, row.case]
    text = ", ".join(each for each in named if each)
    if row.error is not None:
        at = f" at {place(row.where)}" if row.where else ""
        text += (
            f": {number(row.error)} ulp{at}, where {row.expected:.6g} is "
            f"right; PyTorch {number(row.torch_error)}, allowed {number(row.allowed)}"
        )
    return f"{text}: {row.note}" if row.note else text


def differences(rows: Sequence[Row]) -> list[str]:
    """A line for each reason why PyTorch differs."""
    lines = []
    for note in dict.fromkeys(row.note for row in rows):
        same = [row for row in rows if row.note == note]
        where = ", ".join(dict.fromkeys(f"{row.operation} {row.quantity}" for row in same))
        cases = "; ".join(dict.fromkeys(row.case for row in same))
        lines.append(f"{where}: {note} ({cases})")
    return lines


def print_replay(console: Console, found: Difference) -> None:
    """A program, and what it gave."""
    console.print(Text(found.code), soft_wrap=True)
    console.print()
    for side, given in found.given.items():
        console.print(Text(f"{side:<14} {given}"))
    console.print(Text(f"{'PyTorch issue':<14} {found.issue}"))
