"""Is everything as it was at the last replay? Told from memory, the short way to a replay.

The long way, `Replay.bind`, asks Python about variables, gradients and arguments, which takes
half as long as a small step. When it has said yes, a `Watch` writes down the words of memory on
which that answer hangs: what a variable's cell and a leaf's `_grad` hold, how many references
each gradient has. While they are the same, so is the answer: native code sees that in 0.2 µs,
where Python takes 5. A word that differs proves nothing; then the long way is taken again.

It relies on the layout of CPython's objects, as `kernels.native` does, and looks for a tensor's
slots where it can see them. Where that does not hold there is no short way.
"""

from __future__ import annotations

from ctypes import c_int64
from functools import cache
from typing import Any

import numpy as np

from .. import structure
from ..grad_mode import inferring, mode
from ..kernels import machine, native
from ..tensor import Array, Tensor, tensor_of
from .gradients import LastGradients
from .guards import Reached
from .memory import address_of
from .program import Program
from .walk import ABSENT

HEADER = object.__basicsize__  # bytes before what an object of its own type holds


class Watch:
    """What must not have changed since the last replay for the next one to be valid."""

    def __init__(
        self,
        arguments: tuple[Any, ...],
        reached: Reached,
        without_gradient: list[Tensor],
        last: LastGradients,
        program: Program,
    ) -> None:
        """Arguments and everything else are as a replay found them just now."""
        self._counter = reached.counter  # what the replay compared, not what it is by now
        self._grad_enabled = mode.grad_enabled
        self._items = reached.items
        # So that no address that is compared is given to another object.
        self._kept = [cell.cell_contents for cell, _ in reached.cells]
        self._dtypes = [each.array.dtype for each in arguments]
        words = [(id(cell) + HEADER, id(cell.cell_contents)) for cell, _ in reached.cells]
        for sized, length in reached.lengths:
            words.append((id(sized) + HEADER, length))
        for group, _ in reached.groups:
            self._items = [*self._items, (group, "params", group["params"])]
            words += _elements(group["params"])
        grad = slot_offset("_grad")
        words += [(id(leaf) + grad, id(None)) for leaf in without_gradient]
        self.is_of_use = all(_word(address) == content for address, content in words)
        words += [pair for each in last.watched() for pair in _held(*each, grad)]
        self._words = np.array(words, np.int64).reshape(-1, 2)
        kept = [address_of(array) for array in last.kept()]
        program.addresses[len(program.addresses) - len(kept) :] = kept
        lies = [address_of(self._words), len(words), program.binding, len(arguments)]
        self._plan = np.array([*lies, *_described(arguments)], np.int64)
        self._plan_address = address_of(self._plan)

    def ready(self, arguments: tuple[Any, ...], made: tuple[Array, ...]) -> bool:
        """Bring the program to a call with these; False if that may not be replayed."""
        if mode.grad_enabled is not self._grad_enabled or inferring:
            return False
        for mapping, key, value in self._items:
            if mapping.get(key, ABSENT) is not value:
                return False
        if self._counter != structure.counter:
            return False
        return machine.ready(id(arguments), id(made), self._plan_address) == 1


def can_watch(arguments: tuple[Any, ...], reached: Reached) -> bool:
    """Whether a call depends on nothing that has to be looked at in another way."""
    if reached.sequences or reached.contents or reached.unbound or inferring:
        return False
    if not machine.reads_objects():
        return False
    return all(type(each) is Tensor and not each._requires_grad for each in arguments)


def _described(arguments: tuple[Tensor, ...]) -> list[int]:
    """What `objects.takes` compares arguments with."""
    words = [len(arguments), id(Tensor), id(list), id(None), id(False)]
    slots = ("array", "_base", "_requires_grad", "_version_cell")
    words += [slot_offset(name) for name in slots]
    for tensor in arguments:
        array = tensor.array
        words += [id(array.dtype), array.flags.num & native.USE]
        words += [array.ndim, *array.shape, *array.strides]
    return words


def _held(leaf: int, tensor: int, array: int, counter: int, grad: int) -> list[tuple[int, int]]:
    """A gradient that its leaf has, whose version is what it was, and that nobody else holds."""
    elements = _word(counter + HEADER + 8)
    words = [
        (leaf + grad, tensor),
        (tensor, _held_twice(tensor)),
        (tensor + slot_offset("array"), array),
        (tensor + grad, id(None)),
        (array, _held_twice(array)),
        (counter + HEADER + 8, elements),
        (elements, _word(elements)),
    ]
    # Of the array, its memory, its dimensions and its dtype: NumPy can change them in place.
    header = range(array + native.ARRAY_DATA_OFFSET, array + native.ARRAY_FLAGS_OFFSET + 8, 8)
    words += [(address, _word(address)) for address in header]
    sizes, ndim = _word(array + native.ARRAY_SHAPE_OFFSET), _ndim(array)
    return words + [(sizes + 8 * axis, _word(sizes + 8 * axis)) for axis in range(2 * ndim)]


def _elements(values: list[Any]) -> list[tuple[int, int]]:
    """A list that has the same elements, which have been kept."""
    first = _word(id(values) + HEADER + 8)
    words = [(id(values) + HEADER, len(values)), (id(values) + HEADER + 8, first)]
    return words + [(first + 8 * k, id(value)) for k, value in enumerate(values)]


def _ndim(array: int) -> int:
    return _word(array + native.ARRAY_NDIM_OFFSET) & 0xFFFFFFFF


def _held_twice(held: int) -> int:
    """What an object's first word is when two hold it: the upper half may have flags."""
    return _word(held) & ~0xFFFFFFFF | 2


def _word(address: int) -> int:
    return c_int64.from_address(address).value


@cache
def slot_offset(name: str) -> int:
    """How many bytes after its begin a tensor holds what one of its slots names."""
    tensor, marker = tensor_of(np.zeros(0)), object()
    setattr(tensor, name, marker)
    for offset in range(HEADER, Tensor.__basicsize__, 8):
        if _word(id(tensor) + offset) == id(marker):
            return offset
    raise RuntimeError(f"a tensor's slot {name!r} is not where it was looked for")
