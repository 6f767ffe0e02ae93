"""What does a comparison look like in a browser? One file, which loads nothing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..row import VERDICTS, Row
from .content import Report, group, summary, worst_rows
from .numbers import microseconds, number, place
from .plots import profile, scatter

CASE_COLUMNS = (
    *("case", "kind", "minigrad", "at", "PyTorch", "at", "allowed", "time", "verdict"),
)
FILTERS = {
    "operation": "operations",
    "device": "devices",
    "dtype": "dtypes",
    "verdict": "verdicts",
}


def page(report: Report, brief: bool = False) -> str:
    """The report as HTML; if it is to be brief, lines open to their worst case alone."""
    environment = Environment(
        loader=PackageLoader("compare.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    worst = worst_rows(report.rows)
    return environment.get_template("page.html.jinja").render(
        report=report,
        summary=summary(report.rows),
        verdicts=counts_by_device(report.rows),
        choices=choices(report.rows),
        lines=lines_of(report.rows, worst),
        with_times=any(row.seconds is not None for row in report.rows),
        with_tf32=any(row.tf32_error is not None for row in report.rows),
        scatter=Markup(scatter(worst)),
        profiles=[(row, Markup(profile(row))) for row in report.rows if row.profile and row.error],
        sections=[(each.title, Markup(each.body)) for each in report.sections],
        notes=notes(report.rows),
        head=CASE_COLUMNS,
        brief=brief,
        cases=Markup(embedded(cases_by_group(worst if brief else report.rows))),
        number=number,
        microseconds=microseconds,
    )


def counts_by_device(rows: Sequence[Row]) -> list[tuple[str, list[tuple[str, int]]]]:
    """For each device the number of rows of each verdict."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.device][row.verdict] += 1
    return [
        (device, [(verdict, count[verdict]) for verdict in VERDICTS])
        for device, count in counts.items()
    ]


def choices(rows: Sequence[Row]) -> list[tuple[str, str, list[str]]]:
    """What can be filtered by: a field, a word for any of its values, and its values."""
    return [
        (field, plural, list(dict.fromkeys(getattr(row, field) for row in rows)))
        for field, plural in FILTERS.items()
    ]


def lines_of(rows: Sequence[Row], worst: Sequence[Row]) -> list[dict[str, Any]]:
    """A line for each group: its worst row, how many there are, and all their verdicts."""
    members: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        members[group(row)].append(row)
    return [
        {
            "row": row,
            "key": " ".join(group(row)),
            "count": len(members[group(row)]),
            "verdicts": sorted({each.verdict for each in members[group(row)]}),
            "ratio": ratio(members[group(row)]),
        }
        for row in worst
    ]


def ratio(rows: Sequence[Row]) -> float | None:
    """How many times as fast minigrad is over all cases of a group, the geometric mean."""
    product, count = 1.0, 0
    for row in rows:
        if row.seconds and row.torch_seconds:
            product, count = product * row.torch_seconds / row.seconds, count + 1
    return product ** (1 / count) if count else None


def cases_by_group(rows: Sequence[Row]) -> dict[str, list[list[str]]]:
    """The cells of each case, which the page shows when a line is opened."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        kinds = ", ".join(each for each in (row.layout, row.mode) if each)
        times = f"{microseconds(row.seconds)} beside {microseconds(row.torch_seconds)} µs"
        found[" ".join(group(row))].append(
            [
                row.case,
                kinds,
                f"{number(row.error)} (mean {number(row.mean_error)})",
                place(row.where),
                f"{number(row.torch_error)} (mean {number(row.torch_mean_error)})",
                place(row.torch_where),
                number(row.allowed),
                times if row.seconds else "",
                row.verdict + (f": {row.note}" if row.note else ""),
            ]
        )
    return found


def notes(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Each reason that rows give for a verdict other than pass: verdict, where, reason."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.note and row.verdict not in VERDICTS[:2]:
            found[row.verdict, row.note].append(f"{row.operation} {row.quantity}")
    return [
        (verdict, ", ".join(dict.fromkeys(where)), note)
        for (verdict, note), where in found.items()
    ]


def embedded(content: Any) -> str:
    """JSON that may stand within a script element."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
