"""In which order do samplers and random splits give PyTorch's indices?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

WEIGHTS = [0.1, 2.0, 0.0, 5.0, 0.3]
SAMPLERS: dict[str, Callable[[Any], Any]] = {
    "SequentialSampler": lambda data: data.SequentialSampler(range(7)),
    "RandomSampler": lambda data: data.RandomSampler(range(40)),
    "RandomSampler, replacement": lambda data: data.RandomSampler(range(40), True, 70),
    "RandomSampler, num_samples": lambda data: data.RandomSampler(range(40), num_samples=100),
    "SubsetRandomSampler": lambda data: data.SubsetRandomSampler([5, 3, 8, 1, 13, 2]),
    "WeightedRandomSampler": lambda data: data.WeightedRandomSampler(WEIGHTS, 50),
    "WeightedRandomSampler, once each": lambda data: data.WeightedRandomSampler(WEIGHTS, 4, False),
    "random_split": lambda data: [
        index for part in data.random_split(range(20), [12, 5, 3]) for index in part
    ],
    "BatchSampler": lambda data: [
        index
        for batch in data.BatchSampler(data.SequentialSampler(range(11)), 4, drop_last=True)
        for index in (*batch, -1)
    ],
}


def compare_samplers(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for the indices of two epochs, with a number drawn afterwards."""
    for name, make in SAMPLERS.items():
        ours, theirs = (indices(Side(each), make) for each in (minigrad, torch))
        row = same_bits(("samplers", name, "float32", "indices"), ours, theirs)
        seconds = time_epoch(make) if timed else None
        yield timing.with_seconds(row, seconds)


def time_epoch(make: Callable[[Any], Any]) -> timing.Pair:
    """Seconds of making a sampler and of its epoch."""

    def epoch(side: Side) -> list[Any]:
        return list(make(data_of(side)))

    return timing.time_run(epoch)


def data_of(side: Side) -> Any:
    return import_module(f"{side.library.__name__}.utils.data")


def indices(side: Side, make: Callable[[Any], Any]) -> Array:
    library = side.library
    library.manual_seed(7)
    sampler = make(data_of(side))
    found = [float(index) for _ in range(2) for index in sampler]
    return np.array([*found, *side.array(library.rand(1))], np.float32)
