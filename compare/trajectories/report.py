"""What do trajectories look like on a terminal?"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..report.terminal import verdict_cell
from ..row import FAIL
from .course import MULTIPLE, Place
from .outcome import Outcome

EXPLANATION = f"""\
The same script, seed and data in both libraries; every tensor is compared at each step. A
deviation is in yardsticks: the largest that PyTorch has from itself, in float64 and with
parameters or features moved by one ulp. Above {MULTIPLE:g} a tensor has parted. Drift: the
largest when trained from one start; single steps: when each starts from where PyTorch was.
Generator, batches, learning rates and counters must be equal to the bit, and so must a
compiled step be to the eager one.
"""
PARTING = 16  # columns that the name of a tensor needs, broken between its words


def print_report(console: Console, outcomes: Sequence[Outcome], title: str) -> None:
    """The table, and in a sentence each what failed."""
    console.print(Text(title, style="bold"))
    console.print(Text(textwrap.fill(EXPLANATION, min(console.width, 100))))
    console.print()
    console.print(make_table(outcomes))
    console.print()
    for outcome in outcomes:
        for line in failures(outcome):
            text = f"{outcome.script}: {line}"
            filled = textwrap.fill(
                text, console.width, initial_indent="- ", subsequent_indent="  "
            )
            console.print(Text(filled, style="red"))
    failed = sum(outcome.verdict == FAIL for outcome in outcomes)
    console.print(f"{len(outcomes)} scripts: {len(outcomes) - failed} pass, {failed} {FAIL}")


def make_table(outcomes: Sequence[Outcome]) -> Table:
    """A line for each script."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0)
    table.add_column("script", no_wrap=True)
    table.add_column("steps", justify="right", no_wrap=True)
    table.add_column("first\nbits", no_wrap=True)
    table.add_column("first parting", min_width=PARTING, overflow="fold")
    table.add_column("drift", justify="right", no_wrap=True)
    table.add_column("single\nsteps", justify="right", no_wrap=True)
    table.add_column("compiled\nbits", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for outcome in outcomes:
        table.add_row(*map(Text, cells(outcome)), verdict_cell(outcome.verdict))
    return table


def cells(outcome: Outcome) -> list[str]:
    """What the line of a script says, but for the verdict."""
    if outcome.note:
        return [outcome.script, str(outcome.steps), *5 * "-"]
    parting = first(outcome.parting, outcome.single_parting)
    return [
        outcome.script,
        str(outcome.steps),
        "equal" if outcome.start is None else "differ",
        "none" if parting is None else f"step {parting.step}, {parting.tensor}",
        ratio(outcome.largest),
        ratio(outcome.single_largest),
        "equal" if outcome.compiled is None else "differ",
    ]


def first(drift: Place | None, single: Place | None) -> Place | None:
    """The earlier of two places; of one step, that of training from one start."""
    found = [place for place in (drift, single) if place is not None]
    return min(found, key=lambda place: place.step, default=None)


def ratio(place: Place | None) -> str:
    """How many yardsticks a deviation is."""
    if place is None:
        return "-"
    return f"{place.ratio:.2f}" if place.ratio < 100 else f"{place.ratio:.2g}"


def failures(outcome: Outcome) -> list[str]:
    """What is wrong, a sentence each."""
    if outcome.note:
        return [outcome.note]
    found = []
    if outcome.start is not None:
        found.append(f"{outcome.start} does not start with PyTorch's bits")
    if outcome.parting is not None:
        found.append(f"training parts at {described(outcome.parting)}")
    if outcome.single_parting is not None:
        where = described(outcome.single_parting)
        found.append(f"from where PyTorch was, a single step parts at {where}")
    if outcome.compiled is not None:
        place = outcome.compiled
        found.append(f"compiled is not eager to the bit at step {place.step}: {place.tensor}")
    return found


def described(place: Place) -> str:
    """A parting in words."""
    if place.ratio == float("inf"):
        return f"step {place.step}: {place.tensor} must have PyTorch's bits and has not"
    return f"step {place.step}: {place.tensor}, by {ratio(place)} yardsticks"
