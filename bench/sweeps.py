"""How much sooner are several networks trained if they train at once?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from .contenders import COMPILED
from .numbers import draw
from .processes import Process, WorkerError
from .rounds import Starter
from .sweep_loop import NETWORKS
from .workloads import WORKLOADS

SWEPT = ("slides-32-sgd", "slides-4096-sgd", "middle-128-sgd")


class Sweep(NamedTuple):
    """Seconds of one step of one network in each round, by how many networks train at once."""

    workload: str
    seconds: dict[int, list[float]]

    def times_as_fast(self, at_once: int) -> float:
        return median(self.seconds[1]) / median(self.seconds[at_once])


def measure_sweeps(
    rounds: int, seconds: float, threads: int, folder: Path, start: Starter = Process
) -> Iterator[Sweep]:
    """Of each network in turn; a loss that is not that of the others is an error."""
    numbers = folder / "sweeps.npz"
    for name in SWEPT:
        draw(WORKLOADS[name]).save(numbers)
        with ExitStack() as stack:
            process = stack.enter_context(start(COMPILED, threads))
            process.wait_until_ready()
            prepared = {"workload": WORKLOADS[name].as_json(), "numbers": str(numbers)}
            process.ask(do="prepare sweep", **prepared)
            count = _steps_in(seconds, process)
            found: dict[int, list[float]] = {at_once: [] for at_once in counts(threads)}
            for _ in range(rounds):
                for at_once, each in found.items():
                    each.append(_seconds(process, count, at_once))
            yield Sweep(name, found)


def counts(threads: int) -> list[int]:
    """1, 2, 4 and so on, and the number of threads there are."""
    powers = [1 << power for power in range(threads.bit_length())]
    return powers if powers[-1] == threads else [*powers, threads]


def _steps_in(seconds: float, process: Process) -> int:
    """How many steps of each network take about so long, one network after the other."""
    _seconds(process, 3, 1)  # recorded, and made a program
    return max(1, round(seconds / NETWORKS / _seconds(process, 5, 1)))


def _seconds(process: Process, count: int, at_once: int) -> float:
    """Of one step of one network."""
    told = process.ask(do="sweep", count=count, at_once=at_once)
    if len(set(told["losses"])) > 1:
        raise WorkerError(f"wrong result: equal networks have the losses {told['losses']}")
    return float(told["seconds"]) / (count * NETWORKS)
