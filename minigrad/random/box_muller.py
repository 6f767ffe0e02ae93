"""How do uniform numbers become normal ones? One gives a radius, another an angle.

The square of the radius is exponentially distributed, the angle evenly; the point's two
coordinates are then normal, and independent of each other.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import cephes
from .fused_multiply_add import fused_multiply_add

Array = np.ndarray[Any, Any]


def box_muller(fractions: Array, mean: float, std: float) -> Array:
    """Normal numbers from uniform ones: of each 16, first 8 for radii, then 8 for angles."""
    number = fractions.dtype.type
    squares, turns = fractions.reshape(-1, 2, 8).swapaxes(0, 1)  # (blocks, 8) each
    logarithm, sine_cosine = (
        (cephes.log, cephes.sine_cosine) if number is np.float32 else (_log, _sine_cosine)
    )
    radius = np.sqrt(number(-2) * logarithm(number(1) - squares))
    sine, cosine = sine_cosine(number(2 * math.pi) * turns)
    blocks = np.stack([radius * cosine, radius * sine], 1)  # (blocks, 2, 8)
    return fused_multiply_add(blocks, number(std), number(mean)).reshape(-1)


def _log(x: Array) -> Array:
    """The C library's, in float64."""
    return np.fromiter(map(math.log, x.flat), np.float64, x.size).reshape(x.shape)


def _sine_cosine(x: Array) -> tuple[Array, Array]:
    """The C library's, in float64."""
    sine, cosine = (np.fromiter(map(f, x.flat), np.float64, x.size) for f in (math.sin, math.cos))
    return sine.reshape(x.shape), cosine.reshape(x.shape)
