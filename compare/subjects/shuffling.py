"""Does a shuffled DataLoader give PyTorch's batches?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

SIDES = (Side(minigrad), Side(torch))
EPOCHS = 3
MOST = 1000  # batches of an epoch


def compare_data_loader(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for the elements of all batches of several epochs, in the order they come."""
    for size, batch_size, drop_last, own in product(
        (1, 10, 569, 4096), (1, 32), (False, True), (False, True)
    ):
        if (drop_last and size < batch_size) or size // batch_size > MOST:
            continue
        case = f"{size} samples, batches of {batch_size}"
        case += (", drop_last" if drop_last else "") + (", own generator" if own else "")
        given = size, batch_size, drop_last, own
        row = same_bits(
            ("data_loader", case, "float32", "samples"), *(batches(side, *given) for side in SIDES)
        )
        seconds = time_epoch(*given) if timed else None
        yield timing.with_seconds(row, seconds)


def time_epoch(size: int, batch_size: int, drop_last: bool, own: bool) -> timing.Pair:
    """Seconds of an epoch of a loader that is there."""

    def epoch(side: Side) -> Callable[[], list[Any]]:
        return partial(list, loader_of(side, size, batch_size, drop_last, own))

    return timing.time_prepared(epoch)


def batches(side: Side, size: int, batch_size: int, drop_last: bool, own: bool) -> Array:
    """All batches of all epochs, each followed by a -1, and a number drawn afterwards."""
    side.library.manual_seed(7)
    loader, pieces = loader_of(side, size, batch_size, drop_last, own), []
    for _ in range(EPOCHS):
        for (batch,) in loader:
            pieces += [side.array(batch), np.full(1, -1, np.float32)]
    return np.concatenate([*pieces, side.array(side.library.rand(1))])


def loader_of(side: Side, size: int, batch_size: int, drop_last: bool, own: bool) -> Any:
    library, data = side.library, import_module(f"{side.library.__name__}.utils.data")
    settings: dict[str, Any] = {"shuffle": True, "drop_last": drop_last}
    if own:
        settings["generator"] = library.Generator()
        settings["generator"].manual_seed(8)
    samples = data.TensorDataset(library.arange(size).float())
    return data.DataLoader(samples, batch_size=batch_size, **settings)
