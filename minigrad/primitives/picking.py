"""Elements at a key: picking them, adding there, putting other values there."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays, strides
from ..launch import empty, launch, observer
from ..memory_order import empty_by_steps, steps_of
from ..moving import moved
from ..tensor import Array, Tensor
from . import views
from .constants import zero
from .primitive import Primitive

Shape = tuple[int, ...]


class Slice(Primitive):
    """Elements picked by integers, slices, None and Ellipsis: a view."""

    backward_name = "Slice"
    is_view = True

    def compute(self, x: Array, key: Any) -> Array:
        picked = _picked(x, key)
        if None not in key or not picked.size:
            return picked
        return strides.view(picked, picked.shape, strides.with_new_dimensions(x, key, picked))

    def gradient_x(self, grad: Tensor, key: Any, source_shape: Shape) -> Tensor:
        if all(part is None or part is ... or part == slice(None) for part in key):  # all of it
            return views.reshape(grad, shape=source_shape) if None in key else grad
        return embed(grad, key=key, shape=source_shape)


class Pick(Primitive):
    """Elements picked by arrays of integers or masks, with slices among them: a copy."""

    backward_name = "Index"

    def compute(self, x: Array, key: Any) -> Array:
        try:
            picked = x[key]
        except IndexError as error:
            raise _in_pytorchs_words(error) from None
        out = self.memory_for(picked, x, key)
        if observer() is None:
            out[...] = picked
        else:  # a replay has to pick anew
            launch(_pick, x, key, out)
        return out

    def gradient_x(self, grad: Tensor, key: Any, source_shape: Shape) -> Tensor:
        return embed(grad, key=key, shape=source_shape)

    def memory_for(self, picked: Array, x: Array, key: Any) -> Array:
        """An array for what is picked, in the order of the dimensions that are not picked from."""
        return _in_order(picked, x, key)


class IndexSelect(Pick):
    """Elements at places along one dimension, whatever the order that they had: a copy."""

    backward_name = "IndexSelect"

    def memory_for(self, picked: Array, x: Array, key: Any) -> Array:
        return empty(picked.shape, x.dtype)


class Embed(Primitive):
    """Zeros of a shape, with x added at a key: the transpose of picking."""

    backward_name = "IndexPut"

    def compute(self, x: Array, key: Any, shape: Shape) -> Array:
        if not has_arrays(key) and observer() is not None:
            out = arrays.full(shape, x.dtype, 0.0)
            if moved(x, _picked(out, key)):
                return out
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


def _picked(x: Array, key: Any) -> Array:
    """x[key], also where that is one number: as a view."""
    picked = x[key]
    return picked if isinstance(picked, np.ndarray) else x[(*key, ...)]


def _in_order(picked: Array, x: Array, key: Any) -> Array:
    indices = [np.asarray(part) for part in key if not isinstance(part, slice)]
    if x.flags.c_contiguous and all(part.flags.c_contiguous for part in indices):
        return empty(picked.shape, x.dtype)
    kept, places, axis = [], [], 0
    for position, part in enumerate(key):
        if isinstance(part, slice):
            kept.append(x.strides[axis])
            axis += 1
        else:
            places.append(position)
            axis += part.ndim if part.dtype.kind == "b" else 1
    kept += x.strides[axis:]
    side_by_side = places[-1] - places[0] == len(places) - 1
    first = places[0] if side_by_side else 0
    end = first + picked.ndim - len(kept)
    steps = (*kept[:first], *(0,) * (end - first), *kept[first:])
    # PyTorch asks the indices next, whose own steps go over dimensions of one element as well.
    beside = (1,) * first, (1,) * (picked.ndim - end)
    asked = [_index_among(part, picked.shape[first:end], *beside) for part in indices]
    every = [steps, *(steps_of(index, picked.shape) for index in asked)]
    return empty_by_steps(picked.shape, x.dtype, every)


def _index_among(part: Array, shape: Shape, before: Shape, behind: Shape) -> Array:
    """An index broadcast with the others, between dimensions that it does not pick along."""
    whole = (*before, *shape, *behind)
    if part.dtype.kind == "b" or 0 in shape:  # PyTorch picks by the places where a mask holds
        return np.empty(whole)
    index = strides.view(part, shape, strides.expanded(part, shape))
    return strides.view(index, whole, strides.reshaped(index, whole))


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
        with np.errstate(all="ignore"):
            np.add.at(out, key, x)
    else:  # no element is picked twice
        out[key] = x


def _in_pytorchs_words(error: IndexError) -> IndexError:
    return IndexError(str(error).replace("for axis", "for dimension"))


slice_, pick, index_select, embed, put = Slice(), Pick(), IndexSelect(), Embed(), Put()
