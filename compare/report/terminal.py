"""What does a comparison look like on a terminal?"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..row import FAIL, KNOWN_DIFFERENCE, VERDICTS, Row

COLOURS = {FAIL: "bold red", KNOWN_DIFFERENCE: "yellow"}
WIDE = 110  # columns of a terminal that has room for the name of the worst case
FAILURES_SHOWN = 40
SHORT = {KNOWN_DIFFERENCE: "known diff."}
EXPLANATION = """\
Largest errors in ulp against the mathematics in extended precision; in a line
for several cases, those of the case that uses most of what is allowed. Allowed
because of: rounding, what the formula's roundings may add up to; PyTorch, its
own error, which is larger; exact and bits, nothing beyond correct rounding.
"""


def print_report(console: Console, rows: Sequence[Row], title: str, verbose: bool) -> None:
    """The table, what failed, where PyTorch is known to differ, and the sum of it."""
    shown = list(rows) if verbose else worst_rows(rows)
    if any(row.error is not None for row in shown):
        counts = Counter(group(row) for row in rows)
        console.print(Text(title, style="bold"))
        console.print(Text(EXPLANATION))
        console.print(make_table(shown, None if verbose else counts, console.width))
        console.print()
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
    console.print(Text(summary(rows)))


def item(text: str, width: int) -> Text:
    """A line of a list, wrapped and indented."""
    return Text(textwrap.fill(text, width, initial_indent="- ", subsequent_indent="  "))


def group(row: Row) -> tuple[str, str, str]:
    return row.operation, row.dtype, row.quantity


def worst_rows(rows: Iterable[Row]) -> list[Row]:
    """For each operation, dtype and quantity the row that is closest to failing."""
    worst: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        known = worst.get(group(row))
        if known is None or severity(row) > severity(known):
            worst[group(row)] = row
    return list(worst.values())


def severity(row: Row) -> tuple[bool, bool, float]:
    return row.verdict == FAIL, row.verdict == KNOWN_DIFFERENCE, row.strain


def make_table(
    rows: Sequence[Row], counts: Counter[tuple[str, str, str]] | None, width: int
) -> Table:
    """A line for each row under a line for its operation.

    Parameters
    ----------
    counts : how many cases each line stands for; None where it stands for itself
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0)
    table.add_column("quantity", no_wrap=True)
    with_case = counts is None or width >= WIDE
    if counts is not None:
        table.add_column("cases", justify="right")
    for name in ("minigrad", "PyTorch", "allowed"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("because", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    if with_case:
        table.add_column("case", overflow="fold" if counts is None else "ellipsis", ratio=1)
    for operation, lines in groupby(rows, key=_operation):
        table.add_row(Text(operation, style="bold"))
        for row in lines:
            cells = [Text(f"  {row.dtype} {row.quantity}".rstrip())]
            if counts is not None:
                cells.append(Text(str(counts[group(row)])))
            cells += [Text(number(each)) for each in (row.error, row.torch_error, row.allowed)]
            cells += [Text(row.reason), verdict_cell(row.verdict)]
            table.add_row(*cells, *([Text(row.case)] if with_case else []))
    return table


def verdict_cell(verdict: str) -> Text:
    return Text(SHORT.get(verdict, verdict), style=COLOURS.get(verdict, ""))


def _operation(row: Row) -> str:
    return row.operation


def number(value: float | None) -> str:
    """An error in ulp to three digits."""
    if value is None:
        return "-"
    return f"{value:.2e}" if 1e4 <= value < float("inf") else f"{value:.3g}"


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
        text += (
            f": {number(row.error)} ulp at {list(row.where or ())}, where {row.expected:.6g} is "
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


def summary(rows: Sequence[Row]) -> str:
    """How many rows there are of each verdict."""
    counts = Counter(row.verdict for row in rows)
    parts = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]]
    return f"{len(rows)} rows: {', '.join(parts)}"
