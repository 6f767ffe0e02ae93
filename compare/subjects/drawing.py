"""Are random numbers PyTorch's, whatever is drawn, and is the stream as far on afterwards?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

SEEDS = (0, 2**40 + 7)
SIZES = (1, 2, 15, 16, 17, 100, 20011)
NORMALS = (1, 7)  # the larger ones are PyTorch's but for what log and cos round
FEW = SIZES[:-1]  # of which no two are drawn at once, in nobody's order
DRAWS: dict[str, Callable[[Any, int], Any]] = {
    "rand": lambda library, n: library.rand(n),
    "rand of float64": lambda library, n: library.rand(n, dtype=library.float64),
    "uniform_(-3, 4.3)": lambda library, n: library.empty(n).uniform_(-3, 4.3),
    "randint(-2, 1000)": lambda library, n: library.randint(-2, 1000, (n,)).double(),
    "randint(0, 2**40)": lambda library, n: library.randint(0, 2**40, (n,)).double(),
    "random_": lambda library, n: library.empty(n, dtype=library.float64).random_(),
    "randperm": lambda library, n: library.randperm(n).double(),
    "bernoulli_(0.3)": lambda library, n: library.empty(n, dtype=library.float64).bernoulli_(0.3),
    "multinomial": lambda library, n: indices(library, n, True),
    "transposed uniform_": lambda library, n: library.empty(n, 3).t().uniform_(),
}


def indices(library: Any, n: int, replacement: bool) -> Any:
    """Drawn by weights of two rows, of which the second has zeros."""
    weights = library.arange(1.0, n + 1).repeat(2, 1)
    weights[1, 1:] = library.remainder(weights[1, 1:], 2)
    count = n if replacement else (n + 1) // 2
    return library.multinomial(weights, count, replacement).double()


def once_each(library: Any, n: int) -> Any:
    return indices(library, n, False)


def normal(library: Any, n: int) -> Any:
    return library.randn(n, dtype=library.float64)


SOME = {normal: NORMALS, once_each: FEW}


def compare_drawing(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for what is drawn twice in a row, and for a number drawn afterwards."""
    others = {"randn of float64": normal, "multinomial, once each": once_each}
    for name, draw in {**DRAWS, **others}.items():
        for size in SOME.get(draw, SIZES):
            seconds = timing.time_run(drawn_once, draw, size) if timed else None
            for seed in SEEDS:
                ours, theirs = (drawn(Side(each), draw, size, seed) for each in (minigrad, torch))
                case = f"seed {seed}, {name}, {size}"
                row = same_bits(("random_numbers", case, ours.dtype.name, "drawn"), ours, theirs)
                yield timing.with_seconds(row, seconds)


def drawn_once(side: Side, draw: Callable[[Any, int], Any], size: int) -> Any:
    return draw(side.library, size)


def drawn(side: Side, draw: Callable[[Any, int], Any], size: int, seed: int) -> Array:
    library = side.library
    library.manual_seed(seed)
    first, second = (side.array(draw(library, size)).reshape(-1) for _ in range(2))
    after = side.array(library.rand(1)).astype(first.dtype)
    return np.concatenate([first, second, after])
