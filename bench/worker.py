"""What happens in the process of one contender: it waits for commands and answers each.

Commands and answers are lines of JSON. What the libraries print goes to the error stream, so
that it cannot be taken for an answer.

    {"do": "prepare", "workload": {...}, "numbers": FILE}   {}; a new network and its batches
    {"do": "losses", "steps": 20}       {"losses": [0.7, ...]}, from the first step on
    {"do": "calibrate", "seconds": 0.1} {"steps": 250}, which take about as long
    {"do": "round", "steps": 250}       {"seconds": 0.1}, for all steps together
    {"do": "memory"}                    {"import": ..., "peak": ..., "threads": {...}}, bytes
    {"do": "first calls", "times": 5}   {"eager": [...], "first": [...], "second": [...]}, seconds
    {"do": "prepare epochs", "numbers": FILE, "native": false}   {"possible": true}
    {"do": "epochs", "count": 10}       {"seconds": 0.7, "losses": [...]}, each batch's loss
    {"do": "prepare sweep", "workload": {...}, "numbers": FILE}   {}; several networks
    {"do": "sweep", "count": 10, "at_once": 2}   {"seconds": 0.7, "losses": [...]}, the last ones
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from . import memory, threads
from .contenders import Contender, named
from .epoch_loop import EpochLoop
from .first_calls import time_first_calls
from .libraries import batches_of, load, loss_of, make_step
from .module_step import Step
from .numbers import Numbers
from .sweep_loop import SweepLoop
from .workloads import Workload


class Worker:
    """A contender whose library is imported, and what it can be told to do."""

    workload: Workload
    step: Step
    batches: Iterator[tuple[Any, Any]]  # in turn, for ever
    epoch_loop: EpochLoop
    sweep_loop: SweepLoop

    def __init__(self, contender: Contender, count: int) -> None:
        self.contender = contender
        self.library = load(contender, count)
        self.memory_after_import = memory.peak()

    def prepare(self, workload: dict[str, Any], numbers: str) -> dict[str, Any]:
        self.workload = Workload(**workload)
        drawn = Numbers.load(numbers)
        self.batches = cycle(batches_of(self.contender, self.library, drawn))
        self.step = make_step(self.contender, self.library, self.workload, drawn)
        return {}

    def losses(self, steps: int) -> dict[str, Any]:
        """The losses of the next steps, the first of all if it is asked first."""
        pairs = islice(self.batches, steps)
        return {"losses": [loss_of(self.workload, self.step(x, y), y) for x, y in pairs]}

    def calibrate(self, seconds: float) -> dict[str, Any]:
        """How many steps take so long; as the first of them may be slow, it is asked twice."""
        steps, taken = 1, self.round(1)["seconds"]
        while taken < seconds / 4:
            steps *= 2
            taken = self.round(steps)["seconds"]
        return {"steps": max(1, round(seconds / taken * steps))}

    def round(self, steps: int) -> dict[str, Any]:
        """How long so many steps take, with everything around the calls."""
        step, batches = self.step, islice(self.batches, steps)
        start = perf_counter()
        for x, y in batches:
            step(x, y)
        return {"seconds": perf_counter() - start}

    def memory(self) -> dict[str, Any]:
        """The most that there was, with the import and after it, and the threads there are."""
        return {
            "import": self.memory_after_import,
            "peak": memory.peak(),
            "threads": threads.reported(self.library),
        }

    def first_calls(self, times: int) -> dict[str, Any]:
        return time_first_calls(self.library, times)

    def prepare_epochs(self, numbers: str, native: bool) -> dict[str, Any]:
        self.epoch_loop = EpochLoop(self.contender, self.library, Numbers.load(numbers), native)
        return {"possible": self.epoch_loop.possible}

    def epochs(self, count: int) -> dict[str, Any]:
        start = perf_counter()
        losses = self.epoch_loop.run(count)
        return {"seconds": perf_counter() - start, "losses": losses}

    def prepare_sweep(self, workload: dict[str, Any], numbers: str) -> dict[str, Any]:
        drawn, described = Numbers.load(numbers), Workload(**workload)
        self.sweep_loop = SweepLoop(self.contender, self.library, described, drawn)
        return {}

    def sweep(self, count: int, at_once: int) -> dict[str, Any]:
        return self.sweep_loop.run(count, at_once)

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do what a command says."""
        known: dict[str, Callable[..., dict[str, Any]]] = {
            "prepare": self.prepare,
            "losses": self.losses,
            "calibrate": self.calibrate,
            "round": self.round,
            "memory": self.memory,
            "first calls": self.first_calls,
            "prepare epochs": self.prepare_epochs,
            "epochs": self.epochs,
            "prepare sweep": self.prepare_sweep,
            "sweep": self.sweep,
        }
        name = command.pop("do")
        if name not in known:
            raise ValueError(f"unknown command {name!r}")
        return known[name](**command)


def serve(make: Callable[[], Any], commands: Any, answers: Any) -> None:
    """Answer commands until there are no more; an exception is an answer, and the last one."""

    def say(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        worker = make()
        say({"ready": True})
        for line in commands:
            answer = worker.answer(json.loads(line))
            threads.fall_silent()
            say(answer)
    except Exception as error:
        first_line = str(error).strip().partition("\n")[0]
        say({"error": f"{type(error).__name__}: {first_line}"})


def main() -> None:
    name, count = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(lambda: Worker(named(name), int(count)), sys.stdin, answers)


if __name__ == "__main__":
    main()
