"""The complementary error function, with its gradient next to it."""

from __future__ import annotations

import math

import numpy as np

from ..tensor import Array, Tensor
from .elementwise import elementwise
from .primitive import Primitive


def _erfc(x: Array, out: Array) -> None:
    """math.erfc of each element: what is defined by it has kernels where it must be fast."""
    out[...] = np.vectorize(math.erfc, otypes=[np.float64])(x)


class Erfc(Primitive):
    """1 - erf(x), the probability 2 / √π ∫ exp(-t²) dt over t > x."""

    backward_name = "Erfc"

    def compute(self, x: Array) -> Array:
        return elementwise(_erfc, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad * ((-2.0 / math.sqrt(math.pi)) * (-(x * x)).exp())


erfc = Erfc()
