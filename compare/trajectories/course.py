"""Where do two trajectories part by more than rounding explains?

Training amplifies rounding, so no fixed tolerance holds for a thousand steps. The yardstick is
measured in the same run: how far PyTorch is from PyTorch when something changes that is of the
size of a rounding (`variation.variations`). At each step it is the largest such deviation in the
last `WINDOW` steps, so that a variation which crosses PyTorch's path by chance does not make it
small; and it is at least `ULPS` roundings of the tensor's largest element, which matters in the
first steps. A tensor has parted where its deviation is more than `MULTIPLE` yardsticks.

What is drawn, counted or given has no roundings: there any other bit is infinitely far, and so
is another NaN or infinity anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..judging.judge import Array
from .distance import differing_steps, distances, magnitudes
from .trajectory import Trajectory

MULTIPLE = 10.0
WINDOW = 100
ULPS = 2.0
GIVEN = ("generator", "features", "labels", "learning rate")


@dataclass(frozen=True)
class Place:
    """A tensor at a step, counted from 1, and how many yardsticks it has parted by."""

    step: int
    tensor: str
    ratio: float


@dataclass(frozen=True)
class Course:
    """How a trajectory deviates from PyTorch's, tensor by tensor and step by step.

    Parameters
    ----------
    tensors : names, in the order in which a step makes them
    deviation : (tensors, steps) largest difference of an element
    varied : (variations, tensors, steps) the same of PyTorch's variations
    yardstick : (tensors, steps) how much of a deviation rounding explains
    """

    tensors: list[str]
    deviation: Array
    varied: Array
    yardstick: Array

    @property
    def ratios(self) -> Array:
        """The deviations in yardsticks, (tensors, steps)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.deviation == 0, 0.0, self.deviation / self.yardstick)

    def first_parting(self) -> Place | None:
        """The first tensor in the first step that has one that parted."""
        parted = np.argwhere(self.ratios.T > MULTIPLE)  # rows of (step, tensor), in their order
        return self._place(*parted[0, ::-1]) if len(parted) else None

    def largest(self) -> Place:
        """Where the deviation is most yardsticks."""
        ratios = self.ratios
        return self._place(*np.unravel_index(ratios.argmax(), ratios.shape))

    def _place(self, tensor: Any, step: Any) -> Place:
        return Place(int(step) + 1, self.tensors[tensor], float(self.ratios[tensor, step]))


def course(reference: Trajectory, ours: Trajectory, variations: Sequence[Trajectory]) -> Course:
    """Hold a trajectory against PyTorch's, by the yardstick of PyTorch's variations."""
    last = reference[-1]
    tensors = list(dict.fromkeys([*last, *ours[-1]]))
    shape = len(tensors), len(reference) - 1
    deviation, yardstick = np.zeros(shape), np.zeros(shape)
    varied = np.zeros((len(variations), *shape))
    for row, name in enumerate(tensors):
        if name not in last or not is_rounded(name, last[name]):
            differs = differing_steps(reference, ours, name)
            deviation[row] = np.where(differs, np.inf, 0.0)
            continue
        deviation[row] = distances(reference, ours, name)
        varied[:, row] = [distances(reference, each, name) for each in variations]
        least = ULPS * np.finfo(last[name].dtype).eps * magnitudes(reference, name)
        # Another NaN or infinity is no rounding: it explains nothing.
        finite = np.where(np.isfinite(varied[:, row]), varied[:, row], 0.0)
        yardstick[row] = np.maximum(largest_of_late(finite.max(axis=0)), least)
    return Course(tensors, deviation, varied, yardstick)


def is_rounded(name: str, values: Array) -> bool:
    """Whether a step computes a tensor, so that rounding may change its last bits."""
    counted = values.dtype.kind != "f" or name.startswith("step of ")
    return not counted and name not in GIVEN


def largest_of_late(values: Array) -> Array:
    """The largest value of the last `WINDOW` steps at each step, (steps,)."""
    before = np.zeros(WINDOW - 1)
    return np.asarray(sliding_window_view(np.concatenate([before, values]), WINDOW).max(axis=1))
