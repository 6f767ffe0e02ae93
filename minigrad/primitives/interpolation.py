"""Numbers on the way from one to another."""

from __future__ import annotations

import numpy as np

from .. import arrays
from ..tensor import Array, Number, Tensor
from .elementwise import elementwise
from .primitive import Primitive


class Lerp(Primitive):
    """start + weight · (end - start), reckoned from whichever of the two is nearer."""

    backward_name = "Lerp"

    def compute(self, start: Array, end: Array, weight: Array) -> Array:
        return elementwise(_lerp, start, end, weight)

    def gradient_start(self, grad: Tensor, weight: Tensor) -> Tensor:
        return grad * (1 - weight)

    def gradient_end(self, grad: Tensor, weight: Tensor) -> Tensor:
        return grad * weight

    def gradient_weight(self, grad: Tensor, start: Tensor, end: Tensor) -> Tensor:
        return grad * (end - start)


class LerpByNumber(Primitive):
    """The same by one number for all: the graph keeps no tensor for it that could be freed."""

    backward_name = "Lerp"

    def compute(self, start: Array, end: Array, weight: Number) -> Array:
        return elementwise(_lerp, start, end, arrays.full((), start.dtype, weight))

    def gradient_start(self, grad: Tensor, weight: Number) -> Tensor:
        return grad * (1 - weight)

    def gradient_end(self, grad: Tensor, weight: Number) -> Tensor:
        return grad * weight


def _lerp(start: Array, end: Array, weight: Array, out: Array) -> None:
    """In float64, in which the whole way between two numbers of float32 is one, too."""
    with np.errstate(all="ignore"):
        way = np.subtract(end, start, dtype=np.float64)
        near = np.abs(weight) < 0.5
        if weight.ndim:
            out[...] = np.where(near, start + weight * way, end - way * (1 - weight))
        else:
            out[...] = start + weight * way if near else end - way * (1 - weight)


lerp, lerp_by_number = Lerp(), LerpByNumber()
