"""Which elements does an index along an axis mean?"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Array


def places_along(index: Array, axis: int) -> tuple[Any, ...]:
    """The key that means, for an index of as many dimensions, its elements along an axis.

    By hand: of a 10 by 10 gather np.ogrid would take two thirds of the time, 20 µs.
    """
    key: list[Array] = []
    for k, size in enumerate(index.shape):
        ones = (1,) * (index.ndim - 1 - k)
        key.append(index if k == axis else np.arange(size).reshape(size, *ones))
    return tuple(key)
