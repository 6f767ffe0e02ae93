"""How long does a call take in each library, on the numbers that are compared?

Both work in this process and take turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import torch

import minigrad

from .case import Case, Operation
from .devices import CPU, wait
from .row import Row
from .sides import Side, cotangent_of

ROUNDS = 7
SECONDS = 0.0005  # of a round of one library
Call = Callable[[], Any]
Pair = tuple[float, float]  # minigrad's seconds and PyTorch's


def time_case(operation: Operation, case: Case, device: str) -> tuple[Pair, Pair]:
    """Seconds of an operation without its backward, and with it."""
    calls = [calls_of(side, operation, case) for side in sides(device)]
    (ours, theirs), (ours_back, theirs_back) = zip(*calls, strict=True)
    return in_turn(ours, theirs, device), in_turn(ours_back, theirs_back, device)


def time_prepared(prepare: Callable[[Side], Call], device: str = CPU) -> Pair:
    """Seconds of the call that `prepare` makes for each library."""
    ours, theirs = map(prepare, sides(device))
    return in_turn(ours, theirs, device)


def time_run(run: Callable[..., Any], *given: Any, device: str = CPU) -> Pair:
    """Seconds of `run(side, *given)` in both libraries."""
    return time_prepared(lambda side: partial(run, side, *given), device)


def with_seconds(row: Row, seconds: Pair | None) -> Row:
    """The row, which tells how long its call takes if that was measured."""
    return row if seconds is None else replace(row, seconds=seconds[0], torch_seconds=seconds[1])


def sides(device: str) -> tuple[Side, Side]:
    return Side(minigrad), Side(torch, device)


def calls_of(side: Side, operation: Operation, case: Case) -> tuple[Call, Call]:
    """What calls an operation, and what takes its gradients as well."""
    leaves = side.leaves(case)
    wanted = [each for each in leaves.values() if each is not None and each.requires_grad]
    shape = tuple(operation.call(side.library, leaves, case.attributes)["out"].shape)
    cotangent = side.tensor(case.layout(cotangent_of(case, shape)))
    grad = side.library.autograd.grad

    def forward() -> Any:
        return operation.call(side.library, leaves, case.attributes)["out"]

    def whole() -> Any:
        return grad(forward(), wanted, cotangent)

    return forward, whole


def in_turn(ours: Call, theirs: Call, device: str) -> Pair:
    """The medians of a call's seconds in both libraries, which take turns."""
    repeats, counts = (repeated(ours, "cpu"), repeated(theirs, device)), []
    for repeat in repeats:
        repeat(1)
        counts.append(max(1, int(SECONDS / max(repeat(2), 1e-9))))
    rounds = [(repeats[0](counts[0]), repeats[1](counts[1])) for _ in range(ROUNDS)]
    return median(each[0] for each in rounds), median(each[1] for each in rounds)


def repeated(call: Call, device: str) -> Callable[[int], float]:
    """What calls so many times and gives the seconds of one."""

    def repeat(count: int) -> float:
        wait(device)
        start = perf_counter()
        for _ in range(count):
            call()
        wait(device)
        return (perf_counter() - start) / count

    return repeat
