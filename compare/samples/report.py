"""What does a comparison over PyTorch's own inputs look like on a terminal?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..report.terminal import item
from .course import FIRST, RESULTS, SECOND
from .holding import Outcome

EXPLANATION = """\
The inputs by which PyTorch tests its own functions, modules and optimisers, as
they are and strided, and those that it has to refuse, in both libraries: by
torch.testing.assert_close, or no further from float64 than PyTorch or rounding
explains. `second` are gradients of gradients; `refused`, by the same exception;
`compiled`, the bits of a step that is replayed are those of the eager one.
"""
COLUMNS = "inputs", RESULTS, "gradients", SECOND, "refused", "compiled", "known", "differ"
SHOWN = 40


def print_report(console: Console, outcomes: Sequence[Outcome], verbose: bool) -> None:
    """The table, what is known to differ, what should not, and the sum of it."""
    console.print(Text(EXPLANATION))
    console.print(make_table(outcomes, verbose))
    console.print()
    reasons = Counter((each.known, each.sample.subject.name) for each in outcomes if each.known)
    if reasons:
        console.print(Text("Known differences", style="bold"))
        for (reason, name), count in reasons.items():
            console.print(item(f"{name} ({count}): {reason}", console.width))
        console.print()
    differ = [each for each in outcomes if each.difference]
    if differ:
        console.print(Text("Differences", style="bold red"))
        for each in differ[:SHOWN]:
            console.print(item(f"{each.sample}: {each.difference}", console.width))
        if len(differ) > SHOWN:
            console.print(f"... and {len(differ) - SHOWN} more: name what to look at")
        console.print()
    console.print(Text(summary(outcomes)), soft_wrap=True)


def make_table(outcomes: Sequence[Outcome], verbose: bool) -> Table:
    """A line for each kind, or for each function, module and optimiser."""
    lines: dict[str, list[Outcome]] = {}
    for each in outcomes:
        lines.setdefault(each.sample.subject.name if verbose else kind(each), []).append(each)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("name" if verbose else "kind", no_wrap=True)
    for title in COLUMNS:
        table.add_column(title, justify="right")
    for name, of_line in lines.items():
        cells = [f"{count:,}" if count else "" for count in counts(of_line).values()]
        table.add_row(Text(name), *cells)
    return table


def kind(outcome: Outcome) -> str:
    """Of what a line tells."""
    name = outcome.sample.subject.name
    if name.startswith("optim."):
        return "optimisers"
    return "modules" if name[:3] == "nn." and name[3].isupper() else "functions"


def counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many of the inputs that both libraries can be given came how far."""
    covered = [each for each in outcomes if each.covered]
    found = {title: 0 for title in COLUMNS} | {"inputs": len(covered)}
    for each in covered:
        found[RESULTS] += RESULTS in each.stages
        found["gradients"] += FIRST in each.stages
        found[SECOND] += SECOND in each.stages
        found["refused"] += each.refused
        found["compiled"] += each.compiled
        found["known"] += each.known is not None
        found["differ"] += each.difference is not None
    return found


def summary(outcomes: Sequence[Outcome]) -> str:
    """How it went, in a sentence."""
    found = counts(outcomes)
    names = len({each.sample.subject.name for each in outcomes})
    apart = len(outcomes) - found["inputs"]
    agree = found["inputs"] - found["known"] - found["differ"]
    return (
        f"{found['inputs']:,} inputs of {names} functions, modules and optimisers: {agree:,} "
        f"agree, {found['known']} differ as is known, {found['differ']} otherwise; {apart} more "
        "are of dtypes or devices that minigrad does not have"
    )
