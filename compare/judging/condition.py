"""What may rounding do to a result, by how the result moves where its operands do?

For results of several steps, of which no formula says what rounding does to them on the way.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .judge import Array

SMALL = np.longdouble(2) ** -24  # by how much of itself an operand is moved
MOVEMENTS = 4
ROUNDINGS = 16  # of each operand
OF_THE_LARGEST = 4  # roundings of intermediates as large as the largest element

Arrays = dict[str, Array]


def moved(array: Array, generator: np.random.Generator) -> Array:
    """The numbers, each a little larger or smaller."""
    return array * (1 + SMALL * generator.choice([-1.0, 1.0], array.shape))


def noise_of(values: Arrays, others: Iterable[Arrays]) -> Arrays:
    """For each result a `Quantity`'s noise, from its values at operands that were moved."""
    squares = {key: np.zeros_like(value) for key, value in values.items()}
    for other in others:
        for key, value in values.items():
            squares[key] = squares[key] + (other[key] - value) ** 2
    found = {}
    for key, value in values.items():
        largest = np.abs(value[np.isfinite(value)]).max(initial=0)
        condition = np.sqrt(squares[key] / MOVEMENTS) / SMALL + np.abs(value)
        found[key] = ROUNDINGS * condition + OF_THE_LARGEST * largest
    return found
