"""Numbers on the way from one to another."""

from __future__ import annotations

import numpy as np

from ..tensor import Array, Tensor
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


def _lerp(start: Array, end: Array, weight: Array, out: Array) -> None:
    with np.errstate(all="ignore"):
        way = np.subtract(end, start, out=out)
        near = np.abs(weight) < 0.5
        if weight.ndim:
            out[...] = np.where(near, start + weight * way, end - way * (1 - weight))
        elif near:
            np.add(start, np.multiply(way, weight, out=out), out=out)
        else:
            np.subtract(end, np.multiply(way, 1 - weight, out=out), out=out)


lerp = Lerp()
