"""How long does a call take in each library, on the numbers that are compared?

Both work in this process and take turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import torch

import minigrad

from .case import Case, Operation
from .devices import wait
from .sides import Side, cotangent_of

ROUNDS = 7
SECONDS = 0.0005  # of a round of one library
Seconds = tuple[tuple[float, float], tuple[float, float]]  # forward, with backward; of each


def time_case(operation: Operation, case: Case, device: str) -> Seconds:
    """Medians of a call's seconds, minigrad's and PyTorch's; without its backward, and with it."""
    sides = (Side(minigrad), Side(torch, device))
    forward = [work(side, operation, case, False) for side in sides]
    whole = [work(side, operation, case, True) for side in sides]
    return alternate(*forward), alternate(*whole)


def work(
    side: Side, operation: Operation, case: Case, with_backward: bool
) -> Callable[[int], float]:
    """What takes so many calls and gives the seconds of one."""
    leaves = side.leaves(case)
    wanted = [each for each in leaves.values() if each is not None and each.requires_grad]
    shape = tuple(operation.call(side.library, leaves, case.attributes)["out"].shape)
    cotangent = side.tensor(case.layout(cotangent_of(case, shape)))
    grad = side.library.autograd.grad

    def call() -> Any:
        out = operation.call(side.library, leaves, case.attributes)["out"]
        return grad(out, wanted, cotangent) if with_backward else out

    def repeat(count: int) -> float:
        wait(side.device)
        start = perf_counter()
        for _ in range(count):
            call()
        wait(side.device)
        return (perf_counter() - start) / count

    return repeat


def alternate(ours: Callable[[int], float], theirs: Callable[[int], float]) -> tuple[float, float]:
    """The medians of two contenders that take turns."""
    counts = []
    for repeat in (ours, theirs):
        repeat(1)
        counts.append(max(1, int(SECONDS / max(repeat(2), 1e-9))))
    rounds = [(ours(counts[0]), theirs(counts[1])) for _ in range(ROUNDS)]
    return median(each[0] for each in rounds), median(each[1] for each in rounds)
