"""The same elements in other places, copied: reversed, rolled, and those beside a diagonal."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor
from .primitive import Primitive

Shape = tuple[int, ...]


class Flip(Primitive):
    """Some axes in reverse."""

    backward_name = "Flip"

    def compute(self, x: Array, axes: Shape) -> Array:
        out = empty_in_order(x.shape, x.dtype, x)
        launch(_flip, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, axes: Shape) -> Tensor:
        return flip(grad, axes=axes)


class Roll(Primitive):
    """Elements moved on along axes; those that leave at the end enter at the start."""

    backward_name = "Roll"

    def compute(self, x: Array, shifts: Shape, axes: Shape) -> Array:
        out = empty(x.shape, x.dtype)
        launch(_roll, x, shifts, axes, out)
        return out

    def gradient_x(self, grad: Tensor, shifts: Shape, axes: Shape) -> Tensor:
        return roll(grad, shifts=tuple(-shift for shift in shifts), axes=axes)


class LowerTriangle(Primitive):
    """Matrices with zeros above a diagonal."""

    backward_name = "Tril"

    def compute(self, x: Array, diagonal: int) -> Array:
        out = empty(x.shape, x.dtype)
        launch(_lower_triangle, x, diagonal, out)
        return out

    def gradient_x(self, grad: Tensor, diagonal: int) -> Tensor:
        return tril(grad, diagonal=diagonal)


class UpperTriangle(Primitive):
    """Matrices with zeros below a diagonal."""

    backward_name = "Triu"

    def compute(self, x: Array, diagonal: int) -> Array:
        out = empty(x.shape, x.dtype)
        launch(_upper_triangle, x, diagonal, out)
        return out

    def gradient_x(self, grad: Tensor, diagonal: int) -> Tensor:
        return triu(grad, diagonal=diagonal)


def _flip(x: Array, axes: Shape, out: Array) -> None:
    out[...] = np.flip(x, axes)


def _roll(x: Array, shifts: Shape, axes: Shape, out: Array) -> None:
    out[...] = np.roll(x, shifts, axes)


def _lower_triangle(x: Array, diagonal: int, out: Array) -> None:
    out[...] = np.tril(x, diagonal)


def _upper_triangle(x: Array, diagonal: int, out: Array) -> None:
    out[...] = np.triu(x, diagonal)


flip, roll, tril, triu = Flip(), Roll(), LowerTriangle(), UpperTriangle()
