"""Products of matrices."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor
from .elementwise import quietly
from .primitive import Primitive

_matmul = quietly(np.matmul)


class Matmul(Primitive):
    """The product of matrices a: (n, k) and b: (k, m)."""

    backward_name = "Mm"

    def compute(self, a: Array, b: Array) -> Array:
        out = empty((a.shape[0], b.shape[1]), a.dtype)
        launch(_matmul, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad @ b.T

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return a.T @ grad


matmul = Matmul()
