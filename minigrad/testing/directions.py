"""Along which directions is a derivative looked at: each element's, or a few random ones?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..tensor import Array


class Direction(NamedTuple):
    """An array for each of several tensors, and what to call it in an error."""

    name: str
    arrays: list[Array]


def one_by_one(kind: str, like: Sequence[Array], limit: int) -> list[Direction]:
    """Each element by itself, or nothing if there are too many."""
    if sum(each.size for each in like) > limit:
        return []
    found = []
    for number, array in enumerate(like):
        for index in np.ndindex(array.shape):
            arrays = [np.zeros(each.shape) for each in like]
            arrays[number][index] = 1.0
            found.append(Direction(f"{kind} {number} at {index}", arrays))
    return found


def random(
    name: str, like: Sequence[Array], generator: np.random.Generator, count: int
) -> list[Direction]:
    """Normally distributed numbers everywhere, `count` times."""
    return [Direction(name, normal(like, generator)) for _ in range(count)]


def normal(like: Sequence[Array], generator: np.random.Generator) -> list[Array]:
    """Normally distributed numbers in arrays of the given shapes."""
    return [np.asarray(generator.standard_normal(each.shape)) for each in like]
