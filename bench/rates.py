"""What can this machine do at best: bytes moved and multiplications made in a second?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

ROUNDS = 5
COPIED = 256 << 20  # bytes, far beyond any cache; less is copied where little is measured
SIDE = 1024  # of the matrices


class Rates(NamedTuple):
    """In a second."""

    bytes_moved: float
    operations: float  # of float32, a product and a sum being two


def measure_rates(threads: int, copied: int = COPIED, rounds: int = ROUNDS) -> Rates:
    """A copy by so many threads, each its part; and BLAS with as many as it has."""
    source, target = np.ones(copied // 4, np.float32), np.empty(copied // 4, np.float32)
    pairs = zip(np.array_split(source, threads), np.array_split(target, threads), strict=True)
    parts = list(pairs)
    with ThreadPoolExecutor(threads) as pool:

        def copy() -> None:
            list(pool.map(copy_part, parts))

        # Each element is read once and written once.
        moved = 2 * copied / typical(copy, rounds)
    a, b = np.ones((2, SIDE, SIDE), np.float32)
    out = np.empty_like(a)
    operations = 2 * SIDE**3 / typical(lambda: np.matmul(a, b, out=out), rounds)
    return Rates(moved, operations)


def copy_part(pair: tuple[Any, Any]) -> None:
    np.copyto(pair[1], pair[0])


def typical(work: Callable[[], Any], rounds: int) -> float:
    """The median seconds, after one call that does not count: it touches new memory."""
    work()
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return median(seconds)
