"""How long do whole epochs take, the loader included?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from .contenders import COMPILED, EAGER, TORCH, Contender, is_installed
from .correctness import complaint, relative_differences
from .epoch_loop import ROWS
from .numbers import draw
from .processes import Process, WorkerError
from .rounds import Outcome, Outcomes, Starter, did_not_run
from .workloads import STEP


class Way(NamedTuple):
    """A contender, and whether the loop over batches is its own or Python's."""

    label: str
    contender: Contender
    native: bool


LOOPS = [Way(f"{each.label}, loop", each, False) for each in (TORCH, EAGER, COMPILED)]
NATIVE = Way("minigrad step.epoch(loader)", COMPILED, True)
WAYS = (*LOOPS, NATIVE)


def measure_epochs(
    epochs: int,
    rounds: int,
    threads: int,
    folder: Path,
    ways: Sequence[Way] = WAYS,
    start: Starter = Process,
) -> Outcomes:
    """Seconds of so many epochs in each round, by way; the ways that there are here.

    The first epochs are those that are compared; PyTorch's order of rows is minigrad's too.
    """
    numbers = folder / "epochs.npz"
    draw(replace(STEP, batch=ROWS), batches=1).save(numbers)
    outcomes: Outcomes = {}
    running: dict[str, Process] = {}
    with ExitStack() as stack:
        for way in ways:
            if not is_installed(way.contender):
                continue
            process = stack.enter_context(start(way.contender, threads))
            try:
                process.wait_until_ready()
                told = process.ask(do="prepare epochs", numbers=str(numbers), native=way.native)
                if told["possible"]:
                    losses = process.ask(do="epochs", count=epochs)["losses"]
                    outcomes[way.label] = Outcome(losses=losses)
                    running[way.label] = process
            except WorkerError as error:
                outcomes[way.label] = did_not_run(way.contender, error)
        compare(outcomes)
        take_turns(running, outcomes, epochs, rounds)
    return outcomes


def compare(outcomes: Outcomes) -> None:
    """Note what is wrong with losses beside those of the first way that ran."""
    known = next((each.losses for each in outcomes.values() if not each.trouble), [])
    for outcome in outcomes.values():
        if not outcome.trouble:
            outcome.trouble = complaint(outcome.losses, known)
            outcome.is_failure = bool(outcome.trouble)
            outcome.difference = max(relative_differences(outcome.losses, known))


def take_turns(running: dict[str, Process], outcomes: Outcomes, epochs: int, rounds: int) -> None:
    """Rounds that begin with another way each."""
    labels = [label for label in running if not outcomes[label].trouble]
    for number in range(rounds):
        turn = number % max(1, len(labels))
        for label in [*labels[turn:], *labels[:turn]]:
            if outcomes[label].trouble:
                continue
            try:
                taken = running[label].ask(do="epochs", count=epochs)["seconds"]
                outcomes[label].seconds.append(taken)
            except WorkerError as error:
                outcomes[label] = did_not_run(running[label].contender, error)
