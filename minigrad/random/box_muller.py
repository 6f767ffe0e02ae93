"""How do uniform numbers become normal ones? One gives a radius, another an angle.

The square of the radius is exponentially distributed, the angle evenly; the point's two
coordinates are then normal, and independent of each other.

Source: G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", 1958.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels.intrinsics import fused_multiply_add, is_float32, rounded_like
from . import cephes
from .twister import drawing

TURN = 2 * math.pi


@drawing  # type: ignore[untyped-decorator]
def box_muller(first: Any, second: Any, count: Any, mean: Any, std: Any) -> None:
    """Make normal numbers of as many fractions: first[:count] are for radii, second for angles."""
    for i in range(count):
        radius = rounded_like(mean, np.sqrt(_square_of_radius(rounded_like(mean, 1.0) - first[i])))
        sine, cosine = _sine_cosine(rounded_like(mean, TURN) * second[i])
        first[i] = fused_multiply_add(radius * cosine, std, mean)
        second[i] = fused_multiply_add(radius * sine, std, mean)


@drawing  # type: ignore[untyped-decorator]
def _square_of_radius(rest: Any) -> Any:
    logarithm = cephes.log(rest) if is_float32(rest) else math.log(rest)
    return rounded_like(rest, -2.0 * logarithm)


@drawing  # type: ignore[untyped-decorator]
def _sine_cosine(angle: Any) -> Any:
    if is_float32(angle):
        sine, cosine = cephes.sine_cosine(angle)
    else:
        sine, cosine = math.sin(angle), math.cos(angle)
    return rounded_like(angle, sine), rounded_like(angle, cosine)
