"""What does fuzzing look like on a terminal?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from minigrad.testing.strategies import OPERATIONS

from ..report.terminal import item
from .block import Found
from .coverage import Cell
from .crossing import AXES, crossings
from .judge import Difference
from .state import State

SHOWN = 40  # differences that are printed whole
FEWEST = 5  # operations whose combinations were met least


def print_report(console: Console, state: State, verbose: bool) -> None:
    """The coverage, what was found, and the sum of it."""
    console.print(coverage_table(state.cells))
    if verbose:
        console.print()
        console.print(crossing_table(state.cells))
    console.print()
    lines = never(state.cells), growth(state), crossed(state.cells), what_is_left(state.cells)
    for line in lines:
        console.print(Text(line), soft_wrap=True)
    print_differences(console, state)
    console.print(Text(summary(state)), soft_wrap=True)


def coverage_table(cells: Counter[Cell]) -> Table:
    """For each dtype, layout, kind of values and mode: how often, and with how many operations."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("coverage")
    table.add_column("")
    table.add_column("uses", justify="right")
    table.add_column(f"operations of {len(OPERATIONS)}", justify="right")
    for field, kinds in AXES.items():
        for number, kind in enumerate(kinds):
            uses = {cell: count for cell, count in cells.items() if getattr(cell, field) == kind}
            names = {cell.operation for cell in uses}
            title = field if number == 0 else ""
            table.add_row(title, kind, f"{sum(uses.values()):,}", str(len(names)))
    return table


def crossing_table(cells: Counter[Cell]) -> Table:
    """Of each operation, a line: how many combinations were met, and which kinds hardly."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("operation", no_wrap=True, ratio=4)
    for title in ("uses", "met", "of"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("kinds met least, and how often", no_wrap=True, ratio=5)
    table.expand = True
    for each in crossings(cells):
        numbers = (f"{number:,}" for number in (each.uses, each.met, each.reachable))
        rare = ", ".join(f"{kind} {count}" for kind, count in each.least)
        table.add_row(Text(each.operation), *numbers, Text(rare))
    return table


def crossed(cells: Counter[Cell]) -> str:
    """How many combinations were met in all, and of which operations the fewest."""
    found = crossings(cells)
    met, reachable = sum(each.met for each in found), sum(each.reachable for each in found)
    fewest = sorted(found, key=lambda each: (each.share, each.uses))[:FEWEST]
    told = listed(f"{each.operation} ({each.met} of {each.reachable})" for each in fewest)
    share = 100 * met / max(reachable, 1)
    return (
        f"That is {share:.0f} % of the {reachable:,} that each operation's own kinds cross to; "
        f"the fewest of {told}"
    )


def never(cells: Counter[Cell]) -> str:
    """What was never used at all."""
    used = {cell.operation for cell in cells}
    missing = [name for name in OPERATIONS if name not in used]
    for field, kinds in AXES.items():
        met = {getattr(cell, field) for cell in cells}
        missing += [f"{field} {kind}" for kind in kinds if kind not in met]
    return f"Never met: {listed(missing)}"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def growth(state: State) -> str:
    """How many kinds of use there are, and how many of them the last programs met first."""
    once = sum(count == 1 for count in state.cells.values())
    last = state.programs / 10
    before = [kinds for programs, kinds in state.growth if programs <= state.programs - last]
    new = len(state.cells) - (before[-1] if before else 0)
    return (
        f"{len(state.cells):,} kinds of use were met (operation × dtype × layout × values × mode),"
        f" {once:,} of them once; the last tenth of the programs, {last:,.0f}, met {new:,} new"
    )


def what_is_left(cells: Counter[Cell]) -> str:
    """How likely it is that the next use is of a kind that was never met."""
    told = [f"of a new kind with a probability of {chance_of_a_new_one(cells)}"]
    for field in AXES:
        alone: Counter[tuple[str, str]] = Counter()
        for cell, count in cells.items():
            alone[cell.operation, getattr(cell, field)] += count
        told.append(f"by {field} alone {chance_of_a_new_one(alone)}")
    return f"The next use of an operation is {', '.join(told)}"


def chance_of_a_new_one(counts: Counter[Any]) -> str:
    """The share of uses that are the only ones of their kind (Good, 1953, after Turing)."""
    once = sum(count == 1 for count in counts.values())
    return f"{100 * once / max(counts.total(), 1):.2g} %"


def print_differences(console: Console, state: State) -> None:
    """What nothing explains, with scripts; what is known, in a line each."""
    for reason, count in state.explained.most_common():
        console.print(item(f"{count} times, as SUPPORTED.md says: {reason}", console.width))
    for seed, text in state.crashes.items():
        console.print(Text(f"Seed {seed}: {text}", style="bold red"))
    for found in state.found[:SHOWN]:
        print_found(console, found)
    if len(state.found) > SHOWN:
        console.print(f"... and {len(state.found) - SHOWN} more")


def print_found(console: Console, found: Found) -> None:
    """A difference and the script that shows it."""
    console.print()
    heading = f"Unexplained, by {found.count} programs; seed {found.seed}"
    console.print(Text(heading, style="bold red"))
    console.print(Text(found.text), soft_wrap=True)
    console.print(Text("\n".join(["", "import torch", "", *found.lines, ""])), soft_wrap=True)


def print_replay(
    console: Console, lines: Sequence[str], difference: Difference | None, reason: str | None
) -> None:
    """A program, and what differs in it."""
    console.print(Text("\n".join(["import torch", "", *lines, ""])), soft_wrap=True)
    if difference is None:
        console.print("no difference")
        return
    console.print(Text(str(difference)), soft_wrap=True)
    said = "unexplained" if reason is None else f"as SUPPORTED.md says: {reason}"
    console.print(Text(said, style="bold red" if reason is None else ""), soft_wrap=True)


def summary(state: State) -> str:
    """What ran, how long, and what came of it."""
    rate = state.programs / state.seconds if state.seconds else 0.0
    unexplained = sum(each.count for each in state.found) + len(state.crashes)
    return (
        f"{state.programs:,} programs of {state.lines:,} lines in {duration(state.seconds)}, "
        f"{rate:.0f} a second; {state.by_rounding:,} needed roundings to explain them; "
        f"{sum(state.explained.values()):,} differ as is known, {unexplained:,} unexplained"
    )


def duration(seconds: float) -> str:
    """
    >>> duration(75.2), duration(7300)
    ('1 min 15 s', '2 h 1 min')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.0f} s"
