"""What does a reader see of the times of single operations?"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import geometric_mean
from typing import Any

from .operation_times import COLUMNS, Passes, Times
from .rates import Rates
from .report import Write, duration


def shares(times: Times, rates: Rates) -> Passes | None:
    """Which part of the machine's rate minigrad reaches: of BLAS's, or of the memory's."""
    work, rate = times.moved, rates.bytes_moved
    if times.calculated is not None:
        work, rate = times.calculated, rates.operations
    if work is None:
        return None
    pairs = zip(work, times.seconds["minigrad"], strict=True)
    return Passes(*(amount / seconds / rate for amount, seconds in pairs))


def print_head(rates: Rates, rounds: int, write: Write) -> None:
    moved, operations = rates.bytes_moved / 1e9, rates.operations / 1e9
    write(f"A copy moves {moved:.1f} GB/s, read and written; BLAS makes {operations:.0f} GFLOP/s.")
    write(f"A call and its backward, float32, eager, median of {rounds} alternating rounds; f, b:")
    write("minigrad's share of a copy's rate, forward and back (linear: of BLAS's rate)")
    write(f"  {'':<32} {'elements':>8} {'minigrad':>8} {'f':>4} {'b':>4} {'PyTorch':>8} beside")


def print_line(times: Times, rates: Rates, write: Write) -> None:
    """A line for an operation and a size."""
    seconds = {library: sum(each) for library, each in times.seconds.items()}
    reached = shares(times, rates)
    forward, backward = ("", "") if reached is None else (f"{each:.0%}" for each in reached)
    elements, ours = f"{times.rows * COLUMNS:.0e}", duration(seconds["minigrad"])
    line = f"  {times.operation:<32} {elements:>8} {ours:>8}"
    line += f" {forward:>4} {backward:>4}"
    if "torch" in seconds:
        ratio = seconds["torch"] / seconds["minigrad"]
        line += f" {duration(seconds['torch']):>8} {ratio:>6.2f}"
    write(line.rstrip())


def print_mean(measured: Sequence[Times], write: Write) -> None:
    """How much faster all of it is beside PyTorch."""
    ratios = [
        sum(each.seconds["torch"]) / sum(each.seconds["minigrad"])
        for each in measured
        if "torch" in each.seconds
    ]
    if ratios:
        write(f"  geometric mean: {geometric_mean(ratios):.2f} times as fast as PyTorch")


def as_json(measured: Sequence[Times], rates: Rates) -> dict[str, Any]:
    return {
        "rates": rates._asdict(),
        "operations": [
            {
                "operation": each.operation,
                "elements": each.rows * COLUMNS,
                "seconds": {name: passes._asdict() for name, passes in each.seconds.items()},
                "shares": reached._asdict() if (reached := shares(each, rates)) else None,
            }
            for each in measured
        ],
    }
