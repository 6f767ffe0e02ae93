"""Picking elements, x[key], and assigning to them, x[key] = value."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..grad_mode import mode
from ..launch import launch
from ..primitives import picking, selection, views
from ..primitives.elementwise import elementwise
from ..primitives.primitive import Primitive, PrimitiveNode
from ..tensor import Number, Tensor, tensor_of
from .expansion import expand
from .filling import filling
from .inplace import copy_, fill_
from .keys import check_bytes, check_masks, parse, picked_shape
from .masking import in_dtype_of
from .promotion import as_tensor_of
from .rewriting import (
    check,
    check_memory,
    check_overlap,
    coincide,
    repeats_memory,
    rewrite,
    warn_of_repeats,
)

Shape = tuple[int, ...]
Key = tuple[Any, ...]


def index(x: Tensor, key: Any) -> Tensor:
    """x[key]: a view for integers, slices, None and Ellipsis, a copy with arrays and masks."""
    view, places, watched = parse(key, x.array.shape)
    if view is not None:
        x = picking.slice_(x, named=_name_of_last(key, view), key=view)
    if not places:
        return x
    check_masks(places, x.array.shape)
    picked_shape(places, x.array.shape)
    return picking.pick(x, watched=watched, key=places)


def _name_of_last(key: Any, view: Key) -> str:
    """PyTorch picks part by part, and the last that does something names the result."""
    if isinstance(key, slice):
        return "SliceBackward0"
    acting = _acting(view)
    if not acting:
        return "AliasBackward0"
    if acting[-1] is None:
        return "UnsqueezeBackward0"
    return "SliceBackward0" if isinstance(acting[-1], slice) else "SelectBackward0"


def _acting(view: Key) -> list[Any]:
    return [part for part in view if part is not Ellipsis and part != slice(None)]


def assign(x: Tensor, key: Any, value: Any) -> None:
    """x[key] = value: a number, or a tensor that broadcasts; gradients flow to both.

    Through a view or with masks of one value the dtype is converted; where arrays pick, it must be
    the same.
    """
    if isinstance(value, np.integer):
        value = int(value)
    if not isinstance(value, (Tensor, bool, int, float)):
        raise TypeError(f"can't assign a {_kind(value)} to a {x.type()}")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("Overflow when unpacking long long")
    if not isinstance(value, Tensor):
        value = filling(value, x.dtype, "the value")
    if key is False:
        return
    view, places, watched = _whole_or_parsed(key, x.array.shape)
    target = x
    if view is not None and _acting(view):
        target = picking.slice_(x, named=_name_of_last(key, view), key=view)
    if places:
        check_masks(places, target.array.shape)
        check_bytes(key, value)
        _put(target, places, watched, value)
    else:
        _copy(target, value)


def _whole_or_parsed(key: Any, shape: Shape) -> Key:
    """`parse`, with x[...] as x itself and x[True] as x[None], which assignment takes alike."""
    if key is Ellipsis:
        return None, (), ()
    return parse(None if key is True else key, shape)


def _kind(value: Any) -> str:
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _copy(target: Tensor, value: Tensor | Number) -> None:
    """Write into a whole tensor, which mostly is a view of the one assigned to."""
    if not isinstance(value, Tensor):
        check_memory(target.array)
        fill_(target, value, "FillBackward3")
    elif _same_elements(target, value):  # x[key] += 1 hands back the view that it has changed
        check(target, value.requires_grad)
        target._bump_version()
    elif not value.array.ndim and target.array.ndim:
        check(target, value.requires_grad)
        fill_(target, value)
    else:
        check(target, value.requires_grad, repeats=True)  # which `copy_` may do with itself
        copy_(target, _spread(value, target.array.shape))


def _same_elements(target: Tensor, value: Tensor) -> bool:
    """Whether a value is the very view that it is to be written to, with the same history."""
    if value._requires_grad and value._node is None:  # a leaf: gradients begin here
        return False
    if target._base is None or value._base is None or target._base[0] is not value._base[0]:
        return False
    return coincide(target.array, value.array)


def _spread(value: Tensor, shape: Shape) -> Tensor:
    """A value expanded to a shape; leading dimensions of size 1 may be too many."""
    if value.array.shape == shape:
        return value
    return expand(_fewer_dimensions(value, 0), shape)


def _fewer_dimensions(value: Tensor, ndim: int) -> Tensor:
    """Without leading dimensions of size 1 that are too many."""
    shape = value.array.shape
    leading = 0
    while leading < len(shape) and shape[leading] == 1 and len(shape) - leading > ndim:
        leading += 1
    return views.reshape(value, shape=shape[leading:]) if leading else value


def _put(target: Tensor, key: Key, watched: tuple[Tensor, ...], value: Tensor | Number) -> None:
    """Write where arrays pick."""
    if repeats_memory(target.array):
        warn_of_repeats("index_put_", "indices] = tensor", depth=3)
    value = _fitting(target, key, value)
    for source in (value.array, *key):
        if isinstance(source, np.ndarray):
            check_overlap(target.array, source, whole_too=True)
    check(target, value._requires_grad, repeats=True)
    in_graph = mode.grad_enabled and (target._requires_grad or value._requires_grad)
    result = tensor_of(target.array)
    if in_graph:
        node = _put_node(target, value, key, watched, result)
        result._requires_grad, result._node = True, node
    launch(picking.put_into, value.array, key, target.array)
    target._bump_version()
    rewrite(target, result)


def _put_node(
    target: Tensor, value: Tensor, key: Key, watched: tuple[Tensor, ...], result: Tensor
) -> PrimitiveNode:
    """The place of an assignment in the graph.

    With a mask of one value it is a choice between the two: so no shape depends on how many
    elements the mask has, and a recorded step can do it again.
    """
    places = [k for k, part in enumerate(key) if isinstance(part, np.ndarray)]
    mask = key[places[0]]
    if len(places) == 1 and mask.dtype.kind == "b" and not value.array.ndim:
        after = target.array.ndim - places[0] - mask.ndim
        unchanged = elementwise(np.logical_not, mask)[(..., *[None] * after)]
        attributes: dict[str, Any] = {"condition": unchanged}
        picked: Primitive = selection.where
    else:
        picked, attributes = picking.put, {"key": key}
    given = (target, value), watched, attributes, result
    return PrimitiveNode(picked, *given, "IndexPutBackward0")


def _fitting(target: Tensor, key: Key, value: Tensor | Number) -> Tensor:
    """A value of the target's dtype, whose shape broadcasts to that of what is picked."""
    if not isinstance(value, Tensor):
        return as_tensor_of(value, target.dtype)
    masks = [part for part in key if isinstance(part, np.ndarray)]
    if value.array.size == 1 and len(masks) == 1 and masks[0].dtype.kind == "b":
        return in_dtype_of(target, views.reshape(value, shape=()))
    stripped = _checked_shape(value, picked_shape(key, target.array.shape))
    if value.array.dtype != target.array.dtype:
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{target.dtype.scalar_type} for the destination and {value.dtype.scalar_type} for "
            "the source."
        )
    return stripped


def _checked_shape(value: Tensor, picked: Shape) -> Tensor:
    """The value without dimensions that are too many, if it broadcasts to what is picked."""
    stripped = _fewer_dimensions(value, len(picked))
    try:
        if broadcast_shape(stripped.array.shape, picked) == picked:
            return stripped
    except RuntimeError:
        pass
    raise RuntimeError(
        f"shape mismatch: value tensor of shape {list(value.array.shape)} cannot be broadcast to "
        f"indexing result of shape {list(picked)}"
    )
