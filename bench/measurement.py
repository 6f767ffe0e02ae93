"""In which order is what measured, and when is nothing measured at all?"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from .network import COMPILED, EAGER, Contender
from .processes import Process, WorkerError

LOSSES = 50
TOLERANCE = 1e-5
MORE_STEPS = {COMPILED.label: 10}  # so that a round of it is not over before it is measured


class WrongResultError(Exception):
    """The libraries do not compute the same: their times mean nothing."""


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    rounds: int
    steps: int  # of each contender in a round; those in MORE_STEPS make more
    starts: int  # fresh processes of each library
    first_calls: int


@dataclass
class Measurements:
    """What was measured; times in seconds, lists by contender or library."""

    difference: float = 0.0  # the largest relative one between losses
    compiled_has_eager_bits: bool = True
    steps: dict[str, list[float]] = field(default_factory=dict)  # of one step, in each round
    starts: dict[str, list[float]] = field(default_factory=dict)
    first_calls: dict[str, list[float]] = field(default_factory=dict)


def measure(contenders: Sequence[Contender], effort: Effort) -> Measurements:
    """Everything, in processes that take turns."""
    found = Measurements()
    with ExitStack() as stack:
        processes = [stack.enter_context(Process(each)) for each in contenders]
        for process in processes:
            process.wait_until_ready()
        check_losses(processes, found)
        found.steps = alternate(processes, effort)
        eager = next(each for each in processes if each.contender == EAGER)
        eager.ask(do="first calls", times=1)
        found.first_calls = eager.ask(do="first calls", times=effort.first_calls)
    libraries = list(dict.fromkeys(each.library for each in contenders))
    found.starts = start_afresh(libraries, effort.starts)
    return found


def check_losses(processes: Sequence[Process], found: Measurements) -> None:
    """Raise unless all contenders have the losses of the first one."""
    losses = {
        each.contender.label: each.ask(do="losses", steps=LOSSES)["losses"] for each in processes
    }
    first, *others = losses
    for label in others:
        step, difference = largest_difference(losses[label], losses[first])
        if not difference <= TOLERANCE:
            raise WrongResultError(
                f"{label} and {first} do not compute the same: the loss of step {step + 1} is "
                f"{losses[label][step]:.8g} and {losses[first][step]:.8g}"
            )
        found.difference = max(found.difference, difference)
    found.compiled_has_eager_bits = losses[COMPILED.label] == losses[EAGER.label]


def largest_difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[int, float]:
    """The step at which losses differ most, and by how much, relative to the second one."""
    if len(ours) != len(theirs):
        return min(len(ours), len(theirs)) - 1, math.inf
    differences = []
    for one, other in zip(ours, theirs, strict=True):
        finite = math.isfinite(one) and math.isfinite(other)
        gap = abs(one - other) if finite else math.inf
        differences.append(gap / abs(other) if gap and other else gap)
    worst = max(range(len(differences)), key=differences.__getitem__)
    return worst, differences[worst]


def alternate(processes: Sequence[Process], effort: Effort) -> dict[str, list[float]]:
    """Seconds of a step in each round; each round has another contender first.

    One round more than asked for is made: in the first one caches fill, and it is not counted.
    """
    seconds: dict[str, list[float]] = {each.contender.label: [] for each in processes}
    for number in range(effort.rounds + 1):
        turn = number % len(processes)
        for process in [*processes[turn:], *processes[:turn]]:
            label = process.contender.label
            steps = effort.steps * MORE_STEPS.get(label, 1)
            taken = process.ask(do="round", steps=steps)["seconds"] / steps
            if number:
                seconds[label].append(taken)
    return seconds


def start_afresh(libraries: Sequence[str], times: int) -> dict[str, list[float]]:
    """Seconds from import to the end of the first step, in new processes that take turns.

    The first process of each library only fills the caches on disk.
    """
    seconds: dict[str, list[float]] = {name: [] for name in libraries}
    for number in range(times + 1):
        for name in libraries if number % 2 else reversed(libraries):
            taken = first_step(name)
            if number:
                seconds[name].append(taken)
    return seconds


def first_step(name: str, *further: str) -> float:
    """Seconds from import to the end of the first step, in a new process."""
    command: list[Any] = [sys.executable, "-m", "bench.first_step", name, *further]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, start_new_session=True
    )
    if done.returncode:
        raise WorkerError(f"{name}: its process ended with status {done.returncode}")
    return float(done.stdout)
