"""In which order are an array's elements filled? As they lie in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def fill(array: Array, draw: Callable[[Array], None]) -> None:
    """Let `draw` write into the elements as one C-contiguous array, in the order of memory."""
    if array.flags.carray:  # C-contiguous, aligned and to be written to
        return draw(array)
    axes = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
    in_memory_order = array.transpose(axes)
    drawn = np.empty(in_memory_order.shape, array.dtype)
    draw(drawn)
    in_memory_order[...] = drawn
