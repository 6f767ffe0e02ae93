"""Picking elements with a key, and its transpose: adding at a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..launch import empty, launch, observer
from ..tensor import Array, Tensor
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


class Gather(Primitive):
    """Elements picked by arrays of integers or a mask: a copy."""

    backward_name = "Index"

    def compute(self, x: Array, key: Any) -> Array:
        picked = x[key]
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
        return pick(grad, key)


def _pick(x: Array, key: Any, out: Array) -> None:
    out[...] = x[key]


def _add_at(x: Array, key: Any, out: Array) -> None:
    out.fill(0)
    np.add.at(out, key, x)


def pick(x: Tensor, key: Any, watched: Sequence[Tensor] = ()) -> Tensor:
    """x[key], for a key of ints, slices, None, Ellipsis, or with arrays among them."""
    parts = key if isinstance(key, tuple) else (key,)
    if any(isinstance(part, (np.ndarray, list)) for part in parts):
        if any(isinstance(part, np.ndarray) and part.dtype.kind == "b" for part in parts):
            watching = observer()
            if watching is not None:  # the result's shape depends on the mask's values
                watching.reading_value("indexing with a mask")
        return gather(x, watched=watched, key=parts)
    return slice_(x, named=_name_of_last(parts), key=parts)


def _name_of_last(parts: tuple[Any, ...]) -> str:
    """PyTorch picks part by part, and the last that does something names the result."""
    acting = [part for part in parts if part is not Ellipsis and part != slice(None)]
    if not acting:
        return "AliasBackward0"
    if acting[-1] is None:
        return "UnsqueezeBackward0"
    return "SliceBackward0" if isinstance(acting[-1], slice) else "SelectBackward0"


slice_, gather, embed = Slice(), Gather(), Embed()
