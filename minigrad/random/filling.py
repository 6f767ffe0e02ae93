"""In which order are an array's elements filled? As they lie in memory, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

BLOCK = 2**14  # elements worked on at a time, few enough to stay in the cache; a multiple of 16


def pieces(size: int) -> Iterator[slice]:
    """Cut `size` elements into pieces of BLOCK, the last one shorter."""
    for start in range(0, size, BLOCK):
        yield slice(start, min(start + BLOCK, size))


def fill(array: Array, draw: Callable[[int], Array]) -> None:
    """Write draw(n) after draw(n) into the elements, in the order in which they lie in memory."""
    axes = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
    in_memory_order = array.transpose(axes)
    flat = in_memory_order.reshape(-1)  # a copy where the elements lie apart
    for piece in pieces(flat.size):
        flat[piece] = draw(piece.stop - piece.start)
    if not np.may_share_memory(flat, array):
        in_memory_order[...] = flat.reshape(in_memory_order.shape)
