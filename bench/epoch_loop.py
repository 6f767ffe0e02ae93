"""How is a table of data trained on for whole epochs, the loader included?

As users write it: the loader shuffles and collates, the step trains, the loss of each batch is
read. A native loop is one call, `step.epoch(loader)`, that gives a tensor of all those losses.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .contenders import Contender
from .libraries import make_step
from .numbers import SEED, Numbers
from .workloads import STEP

ROWS, BATCH = 1508, 16


class EpochLoop:
    """A network, its loader and its step."""

    def __init__(self, contender: Contender, library: Any, numbers: Numbers, native: bool) -> None:
        library.manual_seed(SEED)
        data = import_module(f"{contender.library}.utils.data")
        x, y = (library.tensor(each).reshape(ROWS, -1) for each in (numbers.x, numbers.y))
        self.loader = data.DataLoader(data.TensorDataset(x, y), batch_size=BATCH, shuffle=True)
        self.step: Any = make_step(contender, library, STEP, numbers)
        self.native = native
        self.possible = not native or hasattr(self.step, "epoch")

    def run(self, count: int) -> list[float]:
        """Train so many epochs; the loss of every batch."""
        losses: list[float] = []
        for _ in range(count):
            losses += self.step.epoch(self.loader).tolist() if self.native else self.in_python()
        return losses

    def in_python(self) -> list[float]:
        return [self.step(x, y).item() for x, y in self.loader]
