"""How does a user train several networks at once: each in its own step, in threads of Python?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from .contenders import Contender
from .libraries import batches_of, loss_of, make_step
from .numbers import Numbers
from .workloads import Workload

NETWORKS = 8


class SweepLoop:
    """Networks with the same weights and batches, so that all have the same losses.

    Each operation has one thread: there are others for the networks.
    """

    def __init__(
        self, contender: Contender, library: Any, workload: Workload, numbers: Numbers
    ) -> None:
        library.set_num_threads(1)
        self.workload = workload
        self.batches = batches_of(contender, library, numbers)
        self.steps = [make_step(contender, library, workload, numbers) for _ in range(NETWORKS)]
        self.done = 0

    def train(self, step: Any, count: int) -> float:
        """The loss of the last of so many steps."""
        for x, y in islice(cycle(self.batches), self.done, self.done + count):
            result = step(x, y)
        return loss_of(self.workload, result, y)

    def run(self, count: int, at_once: int) -> dict[str, Any]:
        """So many steps of each network, so many networks at once: seconds, and their losses."""
        start = perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            losses = list(pool.map(lambda step: self.train(step, count), self.steps))
        taken = perf_counter() - start
        self.done = (self.done + count) % len(self.batches)
        return {"seconds": taken, "losses": losses}
