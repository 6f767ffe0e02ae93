"""The same memory under another shape and strides: views start no kernel."""

from __future__ import annotations

import numpy as np

from .. import strides
from ..launch import empty, launch
from ..tensor import Array, Tensor
from .primitive import Primitive

Shape = tuple[int, ...]


class Reshape(Primitive):
    """The same elements in the same order under another shape: a view where strides allow."""

    backward_name = "View"
    is_view = True

    def compute(self, x: Array, shape: Shape) -> Array:
        found = x.reshape(shape)
        if 1 not in shape or not x.size or (x.flags.c_contiguous and 1 not in x.shape):
            return found
        return strides.view(x, found.shape, strides.reshaped(x, found.shape))

    def gradient_x(self, grad: Tensor, source_shape: Shape) -> Tensor:
        return reshape(grad.contiguous(), shape=source_shape)


class Squeeze(Reshape):
    """Without some dimensions of one element: a view, in which the others keep their steps."""

    backward_name = "Squeeze"

    def compute(self, x: Array, dims: Shape) -> Array:
        return x.squeeze(dims)


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
        return strides.view(x, shape, strides.expanded(x, shape))

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad  # summed to the operand's shape, as after every broadcast


class Diagonal(Primitive):
    """A diagonal of two dimensions, which becomes the last one: a view."""

    backward_name = "Diagonal"
    is_view = True

    def compute(self, x: Array, offset: int, axes: Shape) -> Array:
        return _writeable_like(x, np.diagonal(x, offset, *axes))

    def gradient_x(self, grad: Tensor, source_shape: Shape, offset: int, axes: Shape) -> Tensor:
        return embed_diagonal(grad, shape=source_shape, offset=offset, axes=axes)


class EmbedDiagonal(Primitive):
    """Zeros of a shape, with x as a diagonal of two dimensions."""

    backward_name = "DiagEmbed"

    def compute(self, x: Array, shape: Shape, offset: int, axes: Shape) -> Array:
        out = empty(shape, x.dtype)
        launch(_embed_diagonal, x, offset, axes, out)
        return out

    def gradient_x(self, grad: Tensor, offset: int, axes: Shape) -> Tensor:
        return diagonal(grad, offset=offset, axes=axes)


def _embed_diagonal(x: Array, offset: int, axes: Shape, out: Array) -> None:
    out.fill(0)
    _writeable_like(out, np.diagonal(out, offset, *axes))[...] = x


def _writeable_like(x: Array, view: Array) -> Array:
    """A view that may be written to if x may: NumPy protects these ones in any case."""
    view.flags.writeable = x.flags.writeable
    return view


reshape, squeeze, permute, expand = Reshape(), Squeeze(), Permute(), Expand()
diagonal, embed_diagonal = Diagonal(), EmbedDiagonal()


def reshape_own(x: Tensor, shape: Shape, named: str) -> Tensor:
    """The same for a tensor that nobody else has: the result is no view of anything."""
    result = reshape(x, named=named, shape=shape)
    result._base = None
    return result
