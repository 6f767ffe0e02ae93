"""Elements by their place along one axis: gathering them, and its transpose, scattering.

For an index of shape (i, j, k) and axis 1, element (a, b, c) of what is gathered is x[a, index[a,
b, c], c]. What is scattered goes there. Tensors without dimensions count as having one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays
from ..launch import launch
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor, tensor_of
from .constants import zero
from .places import places_along
from .primitive import Primitive

Shape = tuple[int, ...]


class Gather(Primitive):
    """Elements at an index along an axis; contiguous, or in memory as the index is."""

    backward_name = "Gather"

    def compute(self, x: Array, axis: int, index: Array, in_its_order: bool = False) -> Array:
        followed = (index,) if in_its_order else ()
        out = empty_in_order(index.shape, x.dtype, *followed)
        launch(_gather, x, axis, index, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axis: int, index: Array) -> Tensor:
        zeros = tensor_of(arrays.full(source_shape, grad.array.dtype, 0.0))
        return scatter_add(zeros, grad, axis=axis, index=index)


class ScatterAdd(Primitive):
    """x, with the source added at an index along an axis."""

    backward_name = "ScatterAdd"

    def compute(self, x: Array, source: Array, axis: int, index: Array) -> Array:
        out = arrays.copy(x)
        launch(_scatter_add, source, axis, index, out)
        return out

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_source(self, grad: Tensor, axis: int, index: Array) -> Tensor:
        return gather(grad, axis=axis, index=index)


class Scatter(Primitive):
    """x, with the source put at an index along an axis; of several for one place, the last."""

    backward_name = "Scatter"

    def compute(self, x: Array, source: Array, axis: int, index: Array) -> Array:
        out = arrays.copy(x)
        launch(_scatter, source, axis, index, out)
        return out

    def gradient_x(self, grad: Tensor, axis: int, index: Array) -> Tensor:
        return scatter(grad, zero(grad), axis=axis, index=index)

    def gradient_source(self, grad: Tensor, axis: int, index: Array) -> Tensor:
        return gather(grad, axis=axis, index=index)


class ScatterCombined(Primitive):
    """x, with the source added or multiplied in at an index along an axis; without gradients.

    PyTorch has none either, so that a script fails here as there.
    """

    backward_name = "ScatterCombined"

    def compute(self, x: Array, source: Array, axis: int, index: Array, reduce: str) -> Array:
        out = arrays.copy(x)
        launch(_scatter_add if reduce == "add" else _scatter_multiply, source, axis, index, out)
        return out

    def gradient_x(self, grad: Tensor) -> Tensor:
        raise RuntimeError("derivative for scatter(..., reduce=...) is not implemented")

    def gradient_source(self, grad: Tensor) -> Tensor:
        raise RuntimeError("derivative for scatter(..., reduce=...) is not implemented")


def _places(index: Array, axis: int, size: int) -> tuple[Any, ...]:
    """The key that an index along an axis of some size means; an error outside of it."""
    if index.size and not index.view(np.uint64).max() < size:  # one below 0 is large there
        wrong = index[(index < 0) | (index >= size)].flat[0]
        raise RuntimeError(f"index {wrong} is out of bounds for dimension {axis} with size {size}")
    return places_along(index, axis)


def _gather(x: Array, axis: int, index: Array, out: Array) -> None:
    x, index = np.atleast_1d(x, index)
    if index.size:
        out.reshape(index.shape)[...] = x[_places(index, axis, x.shape[axis])]


def _scatter_add(source: Array, axis: int, index: Array, out: Array) -> None:
    index, source, total = np.atleast_1d(index, source, out)
    if index.size:
        with np.errstate(all="ignore"):
            np.add.at(total, _places(index, axis, total.shape[axis]), source)


def _scatter_multiply(source: Array, axis: int, index: Array, out: Array) -> None:
    index, source, product = np.atleast_1d(index, source, out)
    if index.size:
        with np.errstate(all="ignore"):
            np.multiply.at(product, _places(index, axis, product.shape[axis]), source)


def _scatter(source: Array, axis: int, index: Array, out: Array) -> None:
    index, source, target = np.atleast_1d(index, source, out)
    if index.size:
        target[_places(index, axis, target.shape[axis])] = source


gather, scatter_add, scatter = Gather(), ScatterAdd(), Scatter()
scatter_combined = ScatterCombined()
