"""What does a reader in a terminal see of what was measured?"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from .contenders import CONTENDERS, TORCH, Contender
from .correctness import LOSSES, TOLERANCE
from .epoch_loop import BATCH, ROWS
from .found import Found, quartiles
from .growth import Point
from .rounds import Outcome, Outcomes
from .sweep_loop import NETWORKS
from .sweeps import Sweep
from .targets import Target
from .workloads import Workload

WIDTH = 79
LABELS = {each.name: each.label for each in CONTENDERS}
Write = Callable[[str], None]


def print_machine(machine: dict[str, Any], write: Write) -> None:
    """Where this runs, with what."""
    versions = machine["versions"]
    parts = [machine["processor"], f"{machine['cores']} cores", machine["system"]]
    libraries = [f"minigrad {machine['minigrad']}", f"Python {machine['python']}"]
    libraries += [f"{name} {found}" for name, found in versions.items() if found]
    for line in (parts, libraries, [f"{machine['threads']} threads for everybody"]):
        write(textwrap.fill("; ".join(line), WIDTH, subsequent_indent="  "))
    write("")


def print_absent(absent: Iterable[Contender], write: Write) -> None:
    """Who would have taken part."""
    for library in dict.fromkeys(each.library for each in absent):
        write(f"{library} is not installed: measured without it.")


def print_rules(rounds: int, write: Write) -> None:
    write(f"A step with everything around it: median of {rounds} alternating rounds (quartiles);")
    write("the peak of the process's memory, and what of it came after the import.")
    write(f"The first {LOSSES} losses agree to {TOLERANCE:g} of their value, or there is no time.")
    write("")


def print_workload(workload: Workload, outcomes: Outcomes, write: Write) -> None:
    """A line for each contender."""
    write(workload.name)
    write(textwrap.fill(workload.description, WIDTH, initial_indent="  "))
    known = outcomes.get(TORCH.name)
    theirs = median(known.seconds) if known is not None and known.seconds else None
    for name, outcome in outcomes.items():
        write(line_of(LABELS[name], outcome, theirs if name != TORCH.name else None))
    write("")


def line_of(label: str, outcome: Outcome, theirs: float | None) -> str:
    """Time, quartiles, memory, and how fast beside PyTorch; or what is wrong instead."""
    if outcome.trouble:
        room = WIDTH - 21
        return f"  {label:<18} {textwrap.shorten(outcome.trouble, room, placeholder=' …')}"
    lower, middle, upper = quartiles(outcome.seconds)
    line = f"  {label:<18} {duration(middle):>8} ({duration(lower)} to {duration(upper)})"
    if outcome.memory:
        peak, imported = (outcome.memory[key] >> 20 for key in ("peak", "import"))
        line = f"{line:<51} {peak:>4} MB {f'+{peak - imported}':>5}"
    return line if theirs is None else f"{line:<65} {three_digits(theirs / middle):>6} times"


def print_epochs(outcomes: Outcomes, epochs: int, rounds: int, write: Write) -> None:
    """Lines as of a workload."""
    many = "1 epoch" if epochs == 1 else f"{epochs} epochs"
    write(f"{many} of {ROWS:,} rows, batches of {BATCH}, shuffled by the DataLoader; the")
    write(f"network of slides, SGD; every loss compared; medians of {rounds} alternating rounds")
    theirs = next((each for label, each in outcomes.items() if TORCH.label in label), None)
    known = median(theirs.seconds) if theirs is not None and theirs.seconds else None
    for label, outcome in outcomes.items():
        line = f"  {label:<27}{line_of('', outcome, None)[20:]}"
        if known is not None and outcome is not theirs and outcome.seconds:
            line = f"{line:<61} {three_digits(known / median(outcome.seconds)):>7} times"
        write(line)
    write("")


def print_first_calls(found: Found, times: int, write: Write) -> None:
    calls = found.first_calls
    first, second, eager = (duration(median(calls[key])) for key in ("first", "second", "eager"))
    write(f"Compiled step, median of {times} new networks, kernels loaded")
    write(f"  first call {first}, second {second}; an eager step then {eager}")
    write("")


def print_starts(found: Found, write: Write) -> None:
    write("Import and first step in a new process, kernels on disk")
    for label, seconds in found.starts.items():
        of = f"median of {len(seconds)}" if len(seconds) > 1 else "one"
        write(f"  {label:<34} {duration(median(seconds)):>8}  {of}")
    write("")


def print_growth(points: list[Point], write: Write) -> None:
    """A table for each series, a line for each size."""
    for series in dict.fromkeys(each[0] for each in points):
        rows = [(size, outcomes) for name, size, outcomes in points if name == series]
        names = list(rows[0][1])
        write(f"Growth with {series:<10}" + "".join(f"{LABELS[name]:>20}" for name in names))
        for size, outcomes in rows:
            troubles = [each.trouble for each in outcomes.values() if each.trouble]
            times = [
                duration(median(each.seconds)) if each.seconds else "-"
                for each in outcomes.values()
            ]
            write(f"{size:>22}" + "".join(f"{each:>20}" for each in times))
            for trouble in troubles:
                write(f"    {textwrap.shorten(trouble, WIDTH - 4, placeholder=' …')}")
        write("")


def print_sweeps(sweeps: list[Sweep], write: Write) -> None:
    """A line for each number of networks at once."""
    write(f"Training {NETWORKS} networks in Python's threads, each by a compiled step of its own,")
    write("one thread for each operation; the time of a step of one network")
    for sweep in sweeps:
        for at_once, seconds in sweep.seconds.items():
            name = sweep.workload if at_once == 1 else ""
            line = f"  {name:<18} {at_once:>3} at once {duration(median(seconds)):>8}"
            lower, _, upper = quartiles(seconds)
            line += f" ({duration(lower)} to {duration(upper)})"
            gain = f"{three_digits(sweep.times_as_fast(at_once)):>6} times"
            write(line if at_once == 1 else f"{line:<65} {gain}")
    write("")


def print_targets(listed: list[Target], write: Write) -> None:
    if listed:
        write("Targets: ratios of medians (a / b: how many times as fast as b is a)")
    for target in listed:
        write(str(target))


def duration(seconds: float) -> str:
    """A time to three digits in a unit that suits it."""
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= unit * 0.9995:
            return f"{three_digits(seconds / unit)} {name}"
    return f"{three_digits(seconds / 1e-9)} ns"


def three_digits(value: float) -> str:
    """12.345 as 12.3; 1234 as 1234."""
    return f"{value:#.3g}".rstrip(".") if value < 999.5 else f"{value:.0f}"
