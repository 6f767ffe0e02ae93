"""Tensors are copied and pickled; what shares memory before does so after.

The memory goes along as an array: that of the tensor, or for a view that of what it is a view of,
so that Python's own memory of what it has met already keeps views together. It goes as a whole
where the elements have gaps between them, and the copy has them too.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from .. import dtypes, tensor
from ..memory_order import is_dense

Place = tuple[tuple[int, ...], tuple[int, ...], int] | None


class Copying:
    """The protocols of `copy` and `pickle`: a leaf with the same values, and nobody's history."""

    __slots__ = ()

    def __reduce_ex__(self: tensor.Tensor, protocol: Any) -> tuple[Any, ...]:
        self._read("pickling")
        memory, place = _memory_and_place(self)
        return rebuilt, (type(self), memory, place, self.requires_grad), _more(self)

    def __deepcopy__(self: tensor.Tensor, memo: dict[int, Any]) -> tensor.Tensor:
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment."
            )
        if id(self) in memo:
            return memo[id(self)]
        self._read("deepcopy()")
        memory, place = _memory_and_place(self)
        copied = rebuilt(type(self), copy.deepcopy(memory, memo), place, self._requires_grad)
        memo[id(self)] = copied
        for attributes in _more(self) or ():
            for name, value in (attributes or {}).items():
                setattr(copied, name, copy.deepcopy(value, memo))
        copied._grad = copy.deepcopy(self._grad, memo)
        return copied


def _memory_and_place(x: tensor.Tensor) -> tuple[tensor.Array, Place]:
    """The array to keep, and where in it the elements lie, if not everywhere."""
    whole = x.array.base if x._base is None else x._base[0].array
    if not isinstance(whole, np.ndarray) or whole.dtype != x.array.dtype:
        return x.array, None
    if x._base is None and is_dense(x.array):
        return x.array, None
    offset = x.array.ctypes.data - whole.ctypes.data
    if not whole.flags.c_contiguous or not 0 <= offset < whole.nbytes:
        return x.array, None
    return whole, (x.array.shape, x.array.strides, offset)


def _more(x: tensor.Tensor) -> tuple[dict[str, Any] | None, dict[str, Any]] | None:
    """What a user or a subclass of Tensor adds: attributes by name, those in slots apart."""
    by_slot = {
        name: getattr(x, name)
        for kind in type(x).__mro__[: type(x).__mro__.index(tensor.Tensor)]
        for name in _slots_of(kind)
        if hasattr(x, name)
    }
    others = x.__dict__
    return (others, by_slot) if others or by_slot else None


def _slots_of(kind: type) -> Iterator[str]:
    """The names of the attributes that a class itself gives slots to; private ones as it does."""
    slots = vars(kind).get("__slots__", ())
    for name in (slots,) if isinstance(slots, str) else slots:
        private = name.startswith("__") and not name.endswith("__")
        yield f"_{kind.__name__.lstrip('_')}{name}" if private else name


def rebuilt(
    kind: type[tensor.Tensor], memory: tensor.Array, place: Place, requires_grad: bool
) -> tensor.Tensor:
    """A tensor from what was kept of it."""
    memory = dtypes.canonical(memory)
    if place is not None:
        shape, strides, offset = place
        memory = np.ndarray(shape, memory.dtype, memory, offset, strides)
    return tensor.tensor_of(memory, requires_grad, kind)
