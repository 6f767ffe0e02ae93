"""How long does a new process take from the import to the end of its first step?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence

from . import threads
from .contenders import EAGER, Contender
from .processes import WorkerError

COLD = "minigrad eager, none on disk"


def start_afresh(
    contenders: Sequence[Contender], times: int, count: int
) -> dict[str, list[float]]:
    """Seconds by label, in new processes that take turns.

    The first process of each contender only fills the caches on disk.
    """
    seconds: dict[str, list[float]] = {each.label: [] for each in contenders}
    for number in range(times + 1):
        for contender in contenders if number % 2 else reversed(contenders):
            taken = first_step(contender, count)
            if number:
                seconds[contender.label].append(taken)
    return seconds


def start_cold(times: int, count: int) -> dict[str, list[float]]:
    """The same with a folder for kernels that is empty: all of the step's are compiled."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="minigrad-bench-") as folder:
            found.append(first_step(EAGER, count, folder))
    return {COLD: found} if found else {}


def first_step(contender: Contender, count: int, kernels: str | None = None) -> float:
    """Seconds from import to the end of the first step, in a new process."""
    environment = threads.environment(count)
    if kernels is not None:
        environment["MINIGRAD_CACHE_DIR"] = kernels
    done = subprocess.run(
        [sys.executable, "-m", "bench.first_step", contender.name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        start_new_session=True,
        env=environment,
    )
    if done.returncode:
        raise WorkerError(f"{contender.label}: its process ended with status {done.returncode}")
    return float(done.stdout)
