"""The same memory under another shape and strides: views start no kernel."""

from __future__ import annotations

import numpy as np

from ..tensor import Array, Tensor
from .primitive import Primitive

Shape = tuple[int, ...]


class Reshape(Primitive):
    """The same elements in the same order under another shape: a view where strides allow."""

    backward_name = "View"
    is_view = True

    def compute(self, x: Array, shape: Shape) -> Array:
        return x.reshape(shape)

    def gradient_x(self, grad: Tensor, source_shape: Shape) -> Tensor:
        return reshape(grad.contiguous(), shape=source_shape)


class Permute(Primitive):
    """The dimensions in another order: a view."""

    backward_name = "Permute"
    is_view = True

    def compute(self, x: Array, dims: Shape) -> Array:
        return x.transpose(dims)

    def gradient_x(self, grad: Tensor, dims: Shape) -> Tensor:
        return permute(grad, dims=tuple(np.argsort(dims).tolist()))


class Expand(Primitive):
    """Broadcasting to a shape: a view in which elements repeat."""

    backward_name = "Expand"
    is_view = True

    def compute(self, x: Array, shape: Shape) -> Array:
        return np.broadcast_to(x, shape)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad  # summed to the operand's shape, as after every broadcast


reshape, permute, expand = Reshape(), Permute(), Expand()
