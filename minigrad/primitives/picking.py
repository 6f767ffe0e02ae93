"""Elements at a key: picking them, adding there, putting other values there."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays
from ..launch import empty, launch, observer
from ..tensor import Array, Tensor
from .constants import zero
from .primitive import Primitive

Shape = tuple[int, ...]


class Slice(Primitive):
    """Elements picked by integers, slices, None and Ellipsis: a view."""

    backward_name = "Slice"
    is_view = True

    def compute(self, x: Array, key: Any) -> Array:
        picked = x[key]
        return picked if isinstance(picked, np.ndarray) else x[(*key, ...)]

    def gradient_x(self, grad: Tensor, key: Any, source_shape: Shape) -> Tensor:
        return embed(grad, key=key, shape=source_shape)


class Pick(Primitive):
    """Elements picked by arrays of integers or masks, with slices among them: a copy."""

    backward_name = "Index"

    def compute(self, x: Array, key: Any) -> Array:
        try:
            picked = x[key]
        except IndexError as error:
            raise _in_pytorchs_words(error) from None
        out = empty(picked.shape, x.dtype)
        if observer() is None:
            out[...] = picked
        else:  # a replay has to pick anew
            launch(_pick, x, key, out)
        return out

    def gradient_x(self, grad: Tensor, key: Any, source_shape: Shape) -> Tensor:
        return embed(grad, key=key, shape=source_shape)


class Embed(Primitive):
    """Zeros of a shape, with x added at a key: the transpose of picking."""

    backward_name = "IndexPut"

    def compute(self, x: Array, key: Any, shape: Shape) -> Array:
        out = empty(shape, x.dtype)
        launch(_add_at, x, key, out)
        return out

    def gradient_x(self, grad: Tensor, key: Any) -> Tensor:
        return pick(grad, key=key) if has_arrays(key) else slice_(grad, key=key)


class Put(Primitive):
    """x with a value at a key: what assigning to elements does, for the graph."""

    backward_name = "IndexPut"

    def compute(self, x: Array, value: Array, key: Any) -> Array:
        out = arrays.copy(x)
        launch(put_into, value, key, out)
        return out

    def gradient_x(self, grad: Tensor, key: Any) -> Tensor:
        return put(grad, zero(grad), key=key)

    def gradient_value(self, grad: Tensor, key: Any) -> Tensor:
        return pick(grad, key=key)


def has_arrays(key: tuple[Any, ...]) -> bool:
    """Whether a key picks a copy, which views cannot be."""
    return any(isinstance(part, (np.ndarray, list)) for part in key)


def put_into(value: Any, key: Any, out: Array) -> None:
    """Write a value, broadcast, to the elements at a key; of several for one, the last."""
    try:
        out[key] = value
    except IndexError as error:
        raise _in_pytorchs_words(error) from None


def _pick(x: Array, key: Any, out: Array) -> None:
    try:
        out[...] = x[key]
    except IndexError as error:
        raise _in_pytorchs_words(error) from None


def _add_at(x: Array, key: Any, out: Array) -> None:
    out.fill(0)
    integers = (isinstance(part, np.ndarray) and part.dtype.kind != "b" for part in key)
    if any(integers) or any(isinstance(part, list) for part in key):
        np.add.at(out, key, x)
    else:  # no element is picked twice
        out[key] = x


def _in_pytorchs_words(error: IndexError) -> IndexError:
    return IndexError(str(error).replace("for axis", "for dimension"))


slice_, pick, embed, put = Slice(), Pick(), Embed(), Put()
