"""How many wrong gradients of the corpus fail the check, and how many right ones pass?"""

from __future__ import annotations

from typing import NamedTuple

from .corpus import RIGHT, WRONG


class Row(NamedTuple):
    """The score for one theme."""

    theme: str
    cases: int
    missed: list[str]  # the names of those that were judged wrongly


def found_wrong() -> list[Row]:
    """For each theme, which wrong gradients pass."""
    return [
        Row(theme, len(cases), [case.name for case in cases if case.check()])
        for theme, cases in WRONG.items()
    ]


def passed_right() -> list[Row]:
    """For each theme, which right gradients fail: hard ones, and those beside the wrong ones."""
    rows = [
        Row(theme, len(cases), [case.name for case in cases if not case.check()])
        for theme, cases in RIGHT.items()
    ]
    beside = [case for cases in WRONG.values() for case in cases]
    missed = [case.name for case in beside if not case.check_correct()]
    return [*rows, Row("where a wrong one fails", len(beside), missed)]


def table(title: str, rows: list[Row]) -> list[str]:
    """Lines of text, with a total and the names of what was missed."""
    lines = [title]
    for theme, cases, missed in rows:
        lines.append(f"  {theme:<26} {cases - len(missed):4d} of {cases}")
        lines += [f"    missed: {name}" for name in missed]
    total, wrong = sum(row.cases for row in rows), sum(len(row.missed) for row in rows)
    share = 100 * (total - wrong) / total
    return [*lines, f"  {'all':<26} {total - wrong:4d} of {total}   {share:.4g} %"]
