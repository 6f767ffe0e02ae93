"""Along which directions is a derivative looked at: each element's, or a few random ones?

Cotangents come in three layouts, as gradients do: after a `sum` a gradient is one number for all
elements, after a transpose its neighbours are not neighbours in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..tensor import Array


class Direction(NamedTuple):
    """An array for each of several tensors, what to call it, and which single element it is."""

    name: str
    arrays: list[Array]
    element: int | None = None

    def flat(self) -> Array:
        """The numbers of all the arrays in a row."""
        return np.concatenate([np.zeros(0), *[each.ravel() for each in self.arrays]])

    def with_numbers(self, numbers: Array) -> Direction:
        """A direction in arrays of the same shapes."""
        ends = np.cumsum([each.size for each in self.arrays])
        parts = zip(np.split(numbers, ends[:-1]), self.arrays, strict=True)
        return Direction(self.name, [part.reshape(like.shape) for part, like in parts])

    def single(self, names: Sequence[str], element: int) -> Direction:
        """That of one element, counted in a row, of tensors that have names."""
        numbers = np.zeros(sum(each.size for each in self.arrays))
        numbers[element] = 1.0
        arrays = self.with_numbers(numbers).arrays
        (number,) = [k for k, each in enumerate(arrays) if each.any()]
        index = tuple(np.argwhere(arrays[number])[0].tolist())
        return Direction(element_name(names[number], index), arrays, element)


def one_by_one(names: Sequence[str], like: Sequence[Array], limit: int) -> list[Direction]:
    """Each element by itself, or nothing if there are too many."""
    if sum(each.size for each in like) > limit:
        return []
    found: list[Direction] = []
    for number, array in enumerate(like):
        for index in np.ndindex(array.shape):
            arrays = [np.zeros(each.shape) for each in like]
            arrays[number][index] = 1.0
            found.append(Direction(element_name(names[number], index), arrays, len(found)))
    return found


def element_name(name: str, index: tuple[int, ...]) -> str:
    return f"{name} at {index}" if index else name


def random(
    name: str, like: Sequence[Array], generator: np.random.Generator, count: int
) -> list[Direction]:
    """Normally distributed numbers everywhere, `count` times."""
    return [Direction(name, normal(like, generator)) for _ in range(count)]


def together(name: str, like: Sequence[Array]) -> Direction:
    """All elements at once: where two of them tie, they keep doing so."""
    return Direction(name, [np.ones(each.shape) for each in like])


def in_layouts(like: Sequence[Array], generator: np.random.Generator) -> list[Direction]:
    """Random cotangents: as they come, with gaps in memory, and one number for all elements."""
    plain = normal(like, generator)
    (number,) = normal([np.zeros(())], generator)
    return [
        Direction("a random cotangent", plain),
        Direction("the same cotangent with gaps in memory", [_with_gaps(each) for each in plain]),
        Direction(
            "a cotangent of one number for all elements",
            [np.broadcast_to(number, each.shape) for each in like],
        ),
        *random("a random cotangent", like, generator, 1),
    ]


def _with_gaps(array: Array) -> Array:
    wide = np.full((*array.shape, 2), 7.0)
    wide[..., 0] = array
    return wide[..., 0]


def normal(like: Sequence[Array], generator: np.random.Generator) -> list[Array]:
    """Normally distributed numbers, such as float32 has too, in arrays of the given shapes."""
    drawn = [np.asarray(generator.standard_normal(each.shape)) for each in like]
    return [each.astype(np.float32).astype(np.float64) for each in drawn]
