"""On which weights and batches does a workload run, whatever the library?

minigrad draws them once, into a file that the processes of all contenders read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .network import build
from .workloads import Workload

BATCHES = 8
SEED = 0


class Numbers(NamedTuple):
    """Arrays of float32."""

    parameters: list[Any]  # in the order of `parameters()`
    x: Any  # (batches, batch, features)
    y: Any  # (batches, batch, 1), of 0 and 1

    def save(self, file: Path) -> None:
        named = {f"parameter{index}": each for index, each in enumerate(self.parameters)}
        np.savez(file, x=self.x, y=self.y, **named)

    @classmethod
    def load(cls, file: Path | str) -> Numbers:
        with np.load(file) as found:
            count = len(found.files) - 2
            return cls([found[f"parameter{i}"] for i in range(count)], found["x"], found["y"])


def draw(workload: Workload, batches: int = BATCHES) -> Numbers:
    """Weights that keep a signal alive through any number of layers, and batches."""
    # Only here: the process of another library is not to carry minigrad's memory.
    import minigrad
    from minigrad.nn import Linear, init

    minigrad.manual_seed(SEED)
    model = build(minigrad, workload.layers)
    for module in model.modules():
        if isinstance(module, Linear):
            init.kaiming_uniform_(module.weight, nonlinearity="relu")
    x = minigrad.rand(batches, workload.batch, workload.features)
    y = (minigrad.rand(batches, workload.batch, 1) < 0.5).float()
    return Numbers([each.detach().numpy() for each in model.parameters()], x.numpy(), y.numpy())
