"""In which order do contenders take their turns, and which of them are not timed at all?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .contenders import Contender, reference
from .correctness import LOSSES, complaint, relative_differences
from .numbers import draw
from .processes import Process, WorkerError
from .workloads import Workload


@dataclass
class Outcome:
    """What came of one contender on one workload."""

    seconds: list[float] = field(default_factory=list)  # of one step, in each round
    trouble: str = ""  # said in the place of a time
    is_failure: bool = False  # the trouble is a wrong result, or minigrad's
    difference: float = 0.0  # the largest relative one of its losses from the reference's
    losses: list[float] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)  # bytes; threads as reported


def did_not_run(contender: Contender, error: WorkerError) -> Outcome:
    """Others may be unable to run here; minigrad may not."""
    return Outcome(trouble=f"did not run: {error}", is_failure=contender.library == "minigrad")


Outcomes = dict[str, Outcome]  # by contender's name
Starter = Callable[[Contender, int], Process]


def measure_workload(
    workload: Workload,
    contenders: Sequence[Contender],
    rounds: int,
    seconds: float,
    threads: int,
    folder: Path,
    start: Starter = Process,
) -> Outcomes:
    """Times of contenders in new processes; the reference takes part even if not asked for."""
    numbers = folder / "workload.npz"
    draw(workload).save(numbers)
    known = reference()
    hidden = [] if known in contenders else [known]
    with ExitStack() as stack:
        processes, outcomes = start_all(stack, (*hidden, *contenders), threads, start)
        outcomes.update(check(workload, processes, numbers))
        right = [each for each in processes if not outcomes[each.contender.name].trouble]
        timed = [each for each in right if each.contender not in hidden]
        alternate(timed, outcomes, rounds, seconds)
    return {each.name: outcomes[each.name] for each in contenders}


def start_all(
    stack: ExitStack, contenders: Sequence[Contender], threads: int, start: Starter = Process
) -> tuple[list[Process], Outcomes]:
    """Processes that are ready, and the trouble of those that are not."""
    processes = [stack.enter_context(start(each, threads)) for each in contenders]
    ready, outcomes = [], {}
    for process in processes:
        try:
            process.wait_until_ready()
            ready.append(process)
        except WorkerError as error:
            outcomes[process.contender.name] = did_not_run(process.contender, error)
    return ready, outcomes


def check(workload: Workload, processes: Sequence[Process], numbers: Path) -> Outcomes:
    """A new network in each process, and what is wrong with its losses."""
    outcomes: Outcomes = {}
    for process in processes:
        try:
            process.ask(do="prepare", workload=workload.as_json(), numbers=str(numbers))
            losses = process.ask(do="losses", steps=LOSSES)["losses"]
            outcomes[process.contender.name] = Outcome(losses=losses)
        except WorkerError as error:
            outcomes[process.contender.name] = did_not_run(process.contender, error)
    known = outcomes.get(reference().name)
    for outcome in outcomes.values():
        if outcome.trouble:
            continue
        if known is None or known.trouble:
            outcome.trouble = f"not timed: {reference().label} did not run to compare with"
            continue
        outcome.trouble = complaint(outcome.losses, known.losses)
        outcome.is_failure = bool(outcome.trouble)
        outcome.difference = max(relative_differences(outcome.losses, known.losses))
    return outcomes


def alternate(
    processes: Sequence[Process], outcomes: Outcomes, rounds: int, seconds: float
) -> None:
    """Seconds of a step in each round; each round has another contender first.

    Each contender makes so many steps in a round as take it about `seconds`. One round more than
    asked for is made: in the first one caches fill, and it is not counted.
    """
    left = list(processes)
    steps: dict[str, int] = {}

    def ask(process: Process, **command: Any) -> dict[str, Any]:
        try:
            return process.ask(**command)
        except WorkerError as error:
            outcomes[process.contender.name] = did_not_run(process.contender, error)
            left.remove(process)
            return {}

    for process in processes:
        taken = ask(process, do="calibrate", seconds=seconds)
        steps[process.contender.name] = taken.get("steps", 0)
    for number in range(rounds + 1):
        turn = number % max(1, len(left))
        for process in [*left[turn:], *left[:turn]]:
            name = process.contender.name
            taken = ask(process, do="round", steps=steps[name])
            if number and taken:
                outcomes[name].seconds.append(taken["seconds"] / steps[name])
    for process in list(left):
        outcomes[process.contender.name].memory = ask(process, do="memory")
