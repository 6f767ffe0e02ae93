"""Products of matrices."""

from __future__ import annotations

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import empty, launch
from ..tensor import Array, Tensor
from . import views
from .elementwise import quietly
from .primitive import Primitive

_matmul = quietly(np.matmul)


class Matmul(Primitive):
    """The products of matrices a: (..., n, k) and b: (..., k, m), whose batches broadcast."""

    backward_name = "Mm"

    def compute(self, a: Array, b: Array) -> Array:
        batch = broadcast_shape(a.shape[:-2], b.shape[:-2])
        out = empty((*batch, a.shape[-2], b.shape[-1]), a.dtype)
        launch(_matmul, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return matmul(grad, transposed(b))

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return matmul(transposed(a), grad)


def transposed(x: Tensor) -> Tensor:
    """Each matrix transposed: a view."""
    axes = tuple(range(x.array.ndim))
    named = "TransposeBackward0" if len(axes) > 2 else "TBackward0"
    return views.permute(x, named=named, dims=(*axes[:-2], axes[-1], axes[-2]))


matmul = Matmul()
