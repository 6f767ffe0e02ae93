"""The operands of the calls: tensors with other elements for each seed."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

import minigrad as torch

ARRAY = np.array([2, 0, 1])
TRACKED = ("x", "y", "z", "s", "square", "batch")  # these come with a graph


def operands(seed: int) -> dict[str, Any]:
    """Numbers with ties and zeros and, for some seeds, infinities and NaN among them."""
    return {name: torch.tensor(array) for name, array in _drawn(seed).items()}


@cache
def _drawn(seed: int) -> dict[str, Any]:
    generator = np.random.default_rng(seed)

    def numbers(*shape: int) -> Any:
        drawn = generator.standard_normal(shape).round(1)
        special = generator.choice([0.0, -0.0, 1.0, np.inf, np.nan], shape)
        found = np.where(generator.random(shape) < 0.05 * (seed % 3), special, drawn)
        return found.astype(np.float32)

    return {
        "x": numbers(4, 3),
        "y": numbers(3),
        "z": numbers(4, 3),
        "s": numbers(),
        "square": numbers(3, 3),
        "batch": numbers(2, 3, 3),
        "chances": generator.random((4, 3)).astype(np.float32),
        "mask": generator.random((4, 3)) < 0.5,
        "whole": generator.integers(-3, 4, (4, 3)),
        "classes": generator.integers(0, 3, 4),  # or rows, or columns
        "places": generator.integers(0, 3, (2, 3)),
        "row": generator.integers(0, 3),
    }


def tracked(given: dict[str, Any], weight: Any = None, generator: Any = None) -> SimpleNamespace:
    """The operands, those of floating point multiplied by a weight, and what else rows name."""
    known = torch.ones(3) if weight is None else weight
    o = SimpleNamespace(**given, weight=known, generator=generator, array=ARRAY)
    for name in TRACKED if weight is not None else ():
        factor = weight if given[name].ndim else weight.sum()
        setattr(o, name, given[name] * factor)
    o.double, o.int, o.zeros = torch.float64, torch.int64, torch.zeros(3)
    return o
