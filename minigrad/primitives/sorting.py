"""The order of elements along an axis. NaN counts as the largest number."""

from __future__ import annotations

import numpy as np

from ..launch import launch
from ..memory_order import empty_in_order
from ..tensor import Array


def order(x: Array, axis: int, descending: bool) -> Array:
    """Which elements come first, second, ... along an axis; equal ones stay in order."""
    out = empty_in_order(x.shape, np.int64, x)
    launch(_order, x, axis, descending, out)
    return out


def _order(x: Array, axis: int, descending: bool, out: Array) -> None:
    if not descending:
        out[...] = np.argsort(x, axis=axis, kind="stable")
        return
    # Equal elements are to stay in order, so x is sorted from its end on and the result reversed.
    backwards = np.argsort(np.flip(x, axis), axis=axis, kind="stable")
    out[...] = np.flip(x.shape[axis] - 1 - backwards, axis)
