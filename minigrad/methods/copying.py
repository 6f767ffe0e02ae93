"""Tensors are copied and pickled; what shares memory before does so after.

The memory goes along as an array: that of the tensor, or for a view that of what it is a view of,
so that Python's own memory of what it has met already keeps views together. It goes as a whole
where the elements have gaps between them, and the copy has them too.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import dtypes
from ..memory_order import is_dense

if TYPE_CHECKING:
    from ..tensor import Array, Tensor

Place = tuple[tuple[int, ...], tuple[int, ...], int] | None


class Copying:
    """The protocols of `copy` and `pickle`: a leaf with the same values, and nobody's history."""

    __slots__ = ()

    def __reduce_ex__(self: Tensor, protocol: Any) -> tuple[Any, ...]:
        self._read("pickling")
        memory, place = _memory_and_place(self)
        return rebuilt, (type(self), memory, place, self.requires_grad), _more(self)

    def __deepcopy__(self: Tensor, memo: dict[int, Any]) -> Tensor:
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


def _memory_and_place(x: Tensor) -> tuple[Array, Place]:
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


def _more(x: Tensor) -> tuple[dict[str, Any] | None, dict[str, Any]] | None:
    """What a user or a subclass of Tensor adds: attributes by name, those in slots apart."""
    by_slot = {
        name: getattr(x, name)
        for kind in type(x).__mro__[: type(x).__mro__.index(_tensor_class(type(x)))]
        for name in getattr(kind, "__slots__", ())
        if hasattr(x, name)
    }
    others = x.__dict__
    return (others, by_slot) if others or by_slot else None


def rebuilt(kind: type[Tensor], memory: Array, place: Place, requires_grad: bool) -> Tensor:
    """A tensor from what was kept of it."""
    memory = dtypes.canonical(memory)
    if place is not None:
        shape, strides, offset = place
        memory = np.ndarray(shape, memory.dtype, memory, offset, strides)
    made = kind.__new__(kind)
    _tensor_class(kind).__init__(made, memory, requires_grad=requires_grad)
    return made


def _tensor_class(kind: type[Tensor]) -> type[Tensor]:
    """`Tensor`, which is made of the classes of methods, above a class derived from it."""
    return next(each for each in kind.__mro__ if Copying in each.__bases__)
