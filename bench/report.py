"""What do the measurements say, and are the targets reached?"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .measurement import LOSSES, Effort, Measurements
from .network import COMPILED, DESCRIPTION, EAGER, TORCH

WIDTH = 79


@dataclass(frozen=True)
class Target:
    """A ratio that should not be smaller, or not be larger, than a limit."""

    name: str
    ratio: float
    limit: float
    at_least: bool

    @property
    def reached(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        verdict = "reached" if self.reached else "missed"
        return f"{self.name}: {self.ratio:.3g}, target {bound} {self.limit:g}: {verdict}"


def targets(found: Measurements) -> list[Target]:
    """What minigrad sets out to reach, as far as it was measured."""
    listed = []
    if TORCH.label in found.steps:
        for contender, limit in ((EAGER, 3), (COMPILED, 20)):
            ratio = median(found.steps[TORCH.label]) / median(found.steps[contender.label])
            listed.append(Target(f"{contender.label}, times PyTorch's speed", ratio, limit, True))
    ratio = median(found.first_calls["first"]) / median(found.first_calls["eager"])
    listed.append(Target("first compiled call, in eager steps", ratio, 3, False))
    if TORCH.library in found.starts:
        ratio = median(found.starts[EAGER.library]) / median(found.starts[TORCH.library])
        listed.append(Target("import and first step, as a part of PyTorch's", ratio, 0.5, False))
    return listed


def print_report(
    found: Measurements, machine: dict[str, Any], effort: Effort, write: Callable[[str], None]
) -> None:
    """Times, where they come from, and the targets."""
    write(f"Training step, median of {effort.rounds} alternating rounds")
    write(textwrap.indent(textwrap.fill(DESCRIPTION, WIDTH - 2), "  "))
    write(f"  {'':<18} {'median':>10} {'fastest':>10} {'slowest':>10}   beside PyTorch")
    known = found.steps.get(TORCH.label)
    for label, seconds in found.steps.items():
        figures = [median(seconds), min(seconds), max(seconds)]
        beside = f"{median(known) / figures[0]:.3g} times as fast" if known else ""
        beside = "" if label == TORCH.label else beside
        line = f"  {label:<18} {' '.join(f'{duration(each):>10}' for each in figures)}   {beside}"
        write(line.rstrip())
    bits = "the same bits as" if found.compiled_has_eager_bits else "not the bits of"
    write(f"  first {LOSSES} losses: relative differences up to {found.difference:.1e};")
    write(f"  minigrad compiled has {bits} minigrad eager")
    write("")
    first, second, eager = (median(found.first_calls[key]) for key in ("first", "second", "eager"))
    write(f"Compiled step, median of {effort.first_calls} new networks, kernels loaded")
    write(
        f"  first call {duration(first)}, second {duration(second)}; an eager step then "
        f"{duration(eager)}"
    )
    write("")
    write(f"Import and first step, median of {effort.starts} new processes, kernels on disk")
    for name, seconds in found.starts.items():
        shown = "PyTorch" if name == TORCH.library else name
        write(f"  {shown:<18} {duration(median(seconds)):>10}")
    write("")
    for target in targets(found):
        write(str(target))


def print_machine(machine: dict[str, Any], write: Callable[[str], None]) -> None:
    """Two or three lines about where this runs."""
    versions = machine["versions"]
    parts = [machine["processor"], f"{machine['cores']} cores", machine["system"]]
    libraries = [f"minigrad {machine['minigrad']}", f"Python {machine['python']}"]
    libraries += [f"{name} {found}" for name, found in versions.items() if found]
    threads = [f"PyTorch: {machine['torch_threads']} threads"] if versions.get("torch") else []
    threads += [f"{name}={value}" for name, value in machine["thread_settings"].items()]
    threads.append("minigrad: as it comes")
    for line in (parts, libraries, threads):
        write(textwrap.fill("; ".join(line), WIDTH, subsequent_indent="  "))
    write("")


def duration(seconds: float) -> str:
    """A time to three digits in a unit that suits it."""
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= unit * 0.9995:
            return f"{three_digits(seconds / unit)} {name}"
    return f"{three_digits(seconds / 1e-9)} ns"


def three_digits(value: float) -> str:
    """12.345 as 12.3; 1234 as 1234."""
    return f"{value:#.3g}".rstrip(".") if value < 999.5 else f"{value:.0f}"


def summarised(found: Measurements) -> Sequence[dict[str, Any]]:
    """The targets for a file."""
    return [
        {
            "name": each.name,
            "ratio": each.ratio,
            "limit": each.limit,
            "at_least": each.at_least,
            "reached": each.reached,
        }
        for each in targets(found)
    ]
