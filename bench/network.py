"""What is timed: a training step of a small network, written once for both libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import cycle
from typing import Any, NamedTuple

DESCRIPTION = (
    "Linear 9-16, BatchNorm, ELU, Linear 16-8, BatchNorm, ELU, Linear 8-1, sigmoid; "
    "binary cross entropy; SGD; batches of 32"
)
BATCH = 32
BATCHES = 8
TORCH_THREADS = 2

Step = Callable[[Any, Any], Any]


class Contender(NamedTuple):
    """A library and how its step runs."""

    label: str
    library: str
    compiled: bool


TORCH = Contender("PyTorch eager", "torch", False)
EAGER = Contender("minigrad eager", "minigrad", False)
COMPILED = Contender("minigrad compiled", "minigrad", True)
CONTENDERS = (TORCH, EAGER, COMPILED)


def load(name: str) -> Any:
    """The library, with as many threads as it is timed with."""
    library = import_module(name)
    if name == "torch":
        library.set_num_threads(TORCH_THREADS)
    return library


def make_step(library: Any, compiled: bool) -> Step:
    """A new network, with the same weights each time, and what trains it on one batch."""
    library.manual_seed(0)
    nn = library.nn
    model = nn.Sequential(
        nn.Linear(9, 16),
        nn.BatchNorm1d(16),
        nn.ELU(),
        nn.Linear(16, 8),
        nn.BatchNorm1d(8),
        nn.ELU(),
        nn.Linear(8, 1),
        nn.Sigmoid(),
    )
    loss_function = nn.BCELoss()
    optimizer = library.optim.SGD(model.parameters(), lr=0.05)

    def step(x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return library.compile(step) if compiled else step


def make_batches(library: Any, count: int = BATCHES) -> list[tuple[Any, Any]]:
    """Inputs and targets, the same in both libraries to the bit."""
    library.manual_seed(1)
    batches = []
    for _ in range(count):
        x = library.rand(BATCH, 9)
        y = (library.rand(BATCH, 1) < 0.5).float()
        batches.append((x, y))
    return batches


def endless(batches: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """The batches in turn, for ever."""
    return cycle(batches)
