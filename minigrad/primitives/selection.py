"""Choosing between two tensors, element by element."""

from __future__ import annotations

import numpy as np

from .. import arrays
from ..broadcast import broadcast_shape
from ..launch import empty, launch
from ..tensor import Array, Tensor
from .primitive import Primitive


class Where(Primitive):
    """a where the condition holds, else b. The condition is an attribute: an array of bool."""

    backward_name = "Where"

    def compute(self, a: Array, b: Array, condition: Array) -> Array:
        shape = broadcast_shape(condition.shape, broadcast_shape(a.shape, b.shape))
        out = empty(shape, a.dtype)
        launch(_where, condition, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, condition: Array) -> Tensor:
        return where(grad, _zero(grad), condition=condition)

    def gradient_b(self, grad: Tensor, condition: Array) -> Tensor:
        return where(_zero(grad), grad, condition=condition)


def _zero(like: Tensor) -> Tensor:
    return Tensor(arrays.full((), like.array.dtype, 0.0))


def _where(condition: Array, a: Array, b: Array, out: Array) -> None:
    np.copyto(out, b)
    np.copyto(out, a, where=condition)


where = Where()
