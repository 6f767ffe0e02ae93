"""In what may a training differ from PyTorch's and still be as right?

Rounding is at work where a result depends on which of such trainings one takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from ..judging.judge import Array
from .scripts import Training


@dataclass
class Variation:
    """A change of PyTorch's training that is of the size of one rounding, or float64.

    Parameters
    ----------
    name : what is changed
    wide : whether all is float64
    parameters : whether each element of a parameter moves to a neighbouring number
    features : whether each element of a batch does
    seed : says to which neighbour
    """

    name: str
    wide: bool = False
    parameters: bool = False
    features: bool = False
    seed: int = 0
    generator: np.random.Generator = field(init=False)

    def prepare(self, training: Training) -> None:
        """Change what a script has made, once."""
        self.generator = np.random.default_rng(self.seed)
        if self.wide:
            training.network.double()
            for state in training.optimizer.state.values():  # Adagrad has one from the start
                for key, value in state.items():
                    state[key] = value if key == "step" else value.double()

    def disturb(self, training: Training) -> None:
        """Change the parameters that a step starts from."""
        if self.parameters:
            for parameter in training.network.parameters():
                values = parameter.detach().numpy()
                values[...] = neighbours(values, self.generator)

    def batch(self, features: Any, labels: Any) -> tuple[Any, Any]:
        """Change a batch."""
        if self.features:
            features = torch.from_numpy(neighbours(features.numpy(), self.generator))
        if self.wide:
            features = features.double()
            labels = labels.double() if labels.is_floating_point() else labels
        return features, labels


def neighbours(values: Array, generator: np.random.Generator) -> Array:
    """For each number the next larger or the next smaller one."""
    toward = np.where(generator.random(values.shape) < 0.5, -np.inf, np.inf)
    return np.asarray(np.nextafter(values, toward.astype(values.dtype)))


PLAIN = Variation("none")


def variations() -> list[Variation]:
    """Those that PyTorch's own training is compared with."""
    return [
        Variation("float64", wide=True),
        Variation("parameters moved at the start", parameters=True, seed=1),
        Variation("parameters moved at the start, otherwise", parameters=True, seed=2),
        Variation("features moved in each step", features=True, seed=3),
        Variation("features moved in each step, otherwise", features=True, seed=4),
    ]
