"""On which networks, batches and optimisers are the contenders timed?

A network is a list of layers, each a module's name in `nn` and its sizes, and ends in a
probability; the loss is binary cross entropy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

Layers = Sequence[Sequence[Any]]

SLIDES: Layers = [
    ["Linear", 9, 16],
    ["BatchNorm1d", 16],
    ["ELU"],
    ["Linear", 16, 8],
    ["BatchNorm1d", 8],
    ["ELU"],
    ["Linear", 8, 1],
    ["Sigmoid"],
]


def perceptron(*widths: int) -> Layers:
    """Affine layers from width to width with ReLU between them, a sigmoid at the end."""
    layers: list[list[Any]] = []
    for inputs, outputs in pairwise(widths):
        layers += [["Linear", inputs, outputs], ["ReLU"]]
    return [*layers[:-1], ["Sigmoid"]]


@dataclass(frozen=True)
class Workload:
    """What one call of a step does."""

    name: str
    description: str
    layers: Layers
    batch: int
    optimizer: str | None  # its name in `optim`; None: no training, the network's result
    learning_rate: float = 0.01
    evaluation: bool = False  # the network as `eval()` leaves it

    @property
    def features(self) -> int:
        return int(self.layers[0][1])

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


RATES = {"SGD": 0.01, "Adam": 0.001}
# Wide and deep networks grow rounding into other losses within a few steps of the usual rates.
GENTLE = {"SGD": 0.0001, "Adam": 0.00001}
STEEP = ("wide-256", "deep-128")

# A batch of one has no variance to normalise by: BatchNorm takes one row only in evaluation mode.
NETWORKS: list[tuple[str, str, Layers, int, bool]] = [
    ("slides-1", "Linear 9-16-8-1, BatchNorm (eval), ELU", SLIDES, 1, True),
    ("slides-32", "Linear 9-16-8-1, BatchNorm, ELU", SLIDES, 32, False),
    ("slides-256", "Linear 9-16-8-1, BatchNorm, ELU", SLIDES, 256, False),
    ("slides-4096", "Linear 9-16-8-1, BatchNorm, ELU", SLIDES, 4096, False),
    ("middle-128", "Linear 64-256-256-1, ReLU", perceptron(64, 256, 256, 1), 128, False),
    ("wide-256", "Linear 1024-1024-1024-1, ReLU", perceptron(1024, 1024, 1024, 1), 256, False),
    ("deep-128", "50 layers of 64, ReLU", perceptron(*[64] * 50, 1), 128, False),
]
QUICK = ("slides-32-sgd", "slides-32-inference", "middle-128-sgd")


def all_workloads() -> Iterator[Workload]:
    """Every network trained with SGD, with Adam, and without training."""
    for name, layers_in_words, layers, batch, evaluation in NETWORKS:
        for optimizer in ("SGD", "Adam"):
            description = f"{layers_in_words}; batch {batch}; {optimizer}; training step"
            label = f"{name}-{optimizer.lower()}"
            rate = (GENTLE if name in STEEP else RATES)[optimizer]
            yield Workload(label, description, layers, batch, optimizer, rate, evaluation)
        description = f"{layers_in_words}; batch {batch}; inference without gradients"
        yield Workload(f"{name}-inference", description, layers, batch, None, evaluation=True)


WORKLOADS = {each.name: each for each in all_workloads()}
STEP = WORKLOADS["slides-32-sgd"]  # of first calls and fresh processes


def plain(name: str, layers: Layers, batch: int) -> Workload:
    """A training step with SGD, for a series."""
    return Workload(name, f"{name}; SGD; training step", layers, batch, "SGD", GENTLE["SGD"])


GROWTH: dict[str, dict[int, Workload]] = {
    "batch": {
        size: plain(f"64-64-64-1 at batch {size}", perceptron(64, 64, 64, 1), size)
        for size in (1, 8, 32, 128, 512, 2048, 8192)
    },
    "width": {
        size: plain(f"{size}-{size}-1 at batch 128", perceptron(size, size, 1), 128)
        for size in (16, 32, 64, 128, 256, 512, 1024, 2048)
    },
    "depth": {
        size: plain(f"{size} layers of 64 at batch 128", perceptron(*[64] * size, 1), 128)
        for size in (2, 5, 10, 20, 50, 100)
    },
}
