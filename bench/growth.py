"""How does a step's time grow with the batch, the width and the depth?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from .contenders import COMPILED, reference
from .numbers import draw
from .rounds import Outcomes, alternate, check, start_all
from .workloads import GROWTH

Point = tuple[str, int, Outcomes]  # what grows, its size, the contenders' outcomes


def measure_growth(
    rounds: int, seconds: float, threads: int, folder: Path, largest: int
) -> Iterator[Point]:
    """The points of each curve up to a size, all by the same processes, which take turns."""
    numbers = folder / "growth.npz"
    for series, workloads in GROWTH.items():
        with ExitStack() as stack:
            processes, troubles = start_all(stack, (reference(), COMPILED), threads)
            for size, workload in workloads.items():
                if size > largest:
                    continue
                draw(workload).save(numbers)
                outcomes = troubles | check(workload, processes, numbers)
                right = [each for each in processes if not outcomes[each.contender.name].trouble]
                alternate(right, outcomes, rounds, seconds)
                yield series, size, outcomes
