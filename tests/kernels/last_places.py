"""How many units in the last place is a float32 off?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def float32_of(bits: Array) -> Array:
    return bits.astype(np.uint32).view(np.float32)


def units_in_last_place(result: Array, reference: Array) -> Array:
    """How far float32 results are from float64 references: infinitely at a wrong inf or NaN."""
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = reference.astype(np.float32)
        exponent = np.maximum(np.frexp(reference)[1] - 1, -126)
        error = np.abs(result - reference) / np.ldexp(1.0, exponent - 23)
    special = ~(np.isfinite(result) & np.isfinite(rounded))
    same = (result == rounded) | (np.isnan(result) & np.isnan(rounded))
    return np.where(special, np.where(same, 0.0, np.inf), error)
