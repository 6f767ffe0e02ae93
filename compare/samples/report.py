"""What does a comparison over PyTorch's own inputs look like on a terminal?"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

import minigrad

from ..report.terminal import item
from .course import FIRST, RESULTS, SECOND
from .holding import Outcome

EXPLANATION = """\
The inputs by which PyTorch tests its own functions, modules and optimisers, as
they are and strided, and those that it has to refuse, in both libraries: by
torch.testing.assert_close, or no further from float64 than PyTorch or rounding
explains. How many agree: `first`, in gradients; `second`, in gradients of those;
`refused`, in the exception; `compiled`, in all bits of a step that is replayed.
"""
STAGES = RESULTS, FIRST, SECOND
COLUMNS = "inputs", *STAGES, "refused", "compiled"
SHOWN = 40


def print_report(console: Console, outcomes: Sequence[Outcome], verbose: bool) -> None:
    """The table, what is known to differ, what should not, and the sum of it."""
    console.print(Text(textwrap.fill(EXPLANATION, min(console.width, 100))))
    console.print()
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
        lines.setdefault(short(each) if verbose else kind(each), []).append(each)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("name" if verbose else "kind", overflow="fold")
    for title in COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    for name, of_line in lines.items():
        found = counts(of_line)
        table.add_row(
            Text(name), *(f"{found[title]:,}" if found[title] else "" for title in COLUMNS)
        )
    return table


def short(outcome: Outcome) -> str:
    """The name as scripts have it."""
    return outcome.sample.subject.name.replace("nn.functional.", "F.")


def kind(outcome: Outcome) -> str:
    """Of what a line tells."""
    name = outcome.sample.subject.name
    if name.startswith("optim."):
        return "optimisers"
    return "modules" if name[:3] == "nn." and name[3].isupper() else "functions"


def counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many of the inputs that both libraries can be given came how far."""
    covered = [each for each in outcomes if each.covered]
    return {
        "inputs": len(covered),
        **{stage: sum(stage in each.stages for each in covered) for stage in STAGES},
        "refused": sum(each.refused for each in covered),
        "compiled": sum(each.compiled for each in covered),
        "known": sum(each.known is not None for each in covered),
        "differ": sum(each.difference is not None for each in covered),
    }


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What came of each input that both libraries can be given, for programs."""
    return {
        "minigrad": minigrad.__version__,
        "torch": torch.__version__,
        "summary": summary(outcomes),
        "inputs": [
            {
                "name": each.sample.subject.name,
                "form": each.sample.subject.form,
                "dtype": each.sample.dtype,
                "call": str(each.sample),
                "stages": list(each.stages),
                "refused": each.refused,
                "compiled": each.compiled,
                "known": each.known,
                "difference": each.difference,
            }
            for each in outcomes
            if each.covered
        ],
    }


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
