"""What happens in the process of one contender: it waits for commands and answers each.

Commands and answers are lines of JSON. What the libraries print goes to the error stream, so
that it cannot be taken for an answer.

    {"do": "losses", "steps": 50}       {"losses": [0.7, ...]}, from freshly drawn weights
    {"do": "round", "steps": 1000}      {"seconds": 0.24}, for all steps together
    {"do": "first calls", "times": 5}   {"eager": [...], "first": [...], "second": [...]}, seconds
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter
from typing import Any

from .network import CONTENDERS, Contender, endless, load, make_batches, make_step

EAGER_STEPS = 50


class Worker:
    """A contender that has been set up, and what it can be told to do."""

    def __init__(self, contender: Contender) -> None:
        self.library = load(contender.library)
        self.compiled = contender.compiled
        self.batches = make_batches(self.library)
        self.step = make_step(self.library, self.compiled)
        self.waiting: Iterator[tuple[Any, Any]] = endless(self.batches)

    def losses(self, steps: int) -> dict[str, Any]:
        """The losses of the first steps of a new network."""
        step = make_step(self.library, self.compiled)
        return {"losses": [step(x, y).item() for x, y in islice(endless(self.batches), steps)]}

    def round(self, steps: int) -> dict[str, Any]:
        """How long so many steps take, with everything around the calls."""
        step, batches = self.step, islice(self.waiting, steps)
        start = perf_counter()
        for x, y in batches:
            step(x, y)
        return {"seconds": perf_counter() - start}

    def first_calls(self, times: int) -> dict[str, Any]:
        """How long the first two calls of a compiled step take, and an eager one before them."""
        found: dict[str, list[float]] = {"eager": [], "first": [], "second": []}
        for _ in range(times):
            eager, compiled = make_step(self.library, False), make_step(self.library, True)
            batches = endless(self.batches)
            start = perf_counter()
            for x, y in islice(batches, EAGER_STEPS):
                eager(x, y)
            found["eager"].append((perf_counter() - start) / EAGER_STEPS)
            for name in ("first", "second"):
                x, y = next(batches)
                start = perf_counter()
                compiled(x, y)
                found[name].append(perf_counter() - start)
        return found

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do what a command says."""
        if command["do"] == "losses":
            return self.losses(command["steps"])
        if command["do"] == "round":
            return self.round(command["steps"])
        if command["do"] == "first calls":
            return self.first_calls(command["times"])
        raise ValueError(f"unknown command {command['do']!r}")


def serve(make: Callable[[], Any], commands: Any, answers: Any) -> None:
    """Answer commands until there are no more; an exception is an answer, and the last one."""

    def say(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        worker = make()
        say({"ready": True})
        for line in commands:
            say(worker.answer(json.loads(line)))
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})


def main() -> None:
    label = sys.argv[1]
    contender = next(each for each in CONTENDERS if each.label == label)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(lambda: Worker(contender), sys.stdin, answers)


if __name__ == "__main__":
    main()
