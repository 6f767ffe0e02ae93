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
from ..kernels import machine
from ..tensor import Tensor
from .gradients import LastGradients
from .guards import Reached
from .memory import address_of
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
    ) -> None:
        """Arguments and everything else are as a replay found them just now."""
        self._counter = reached.counter  # what the replay compared, not what it is by now
        self._grad_enabled = mode.grad_enabled
        self._items = reached.items
        self._plan = _plan(arguments)
        self._kept = [cell.cell_contents for cell, _ in reached.cells]
        words = [(id(cell) + HEADER, id(cell.cell_contents)) for cell, _ in reached.cells]
        for sized, length in reached.lengths:
            words.append((id(sized) + HEADER, length))
        grad = slot_offset("_grad")
        words += [(id(leaf) + grad, id(None)) for leaf in without_gradient]
        self.is_of_use = all(_word(address) == content for address, content in words)
        words += [pair for each in last.watched() for pair in _held(*each, grad)]
        self._words = np.array(words, np.int64).reshape(-1, 2)
        self._arguments = address_of(self._plan), address_of(self._words), len(words)

    def holds(self, arguments: tuple[Any, ...]) -> bool:
        """Whether a call with these arguments can be replayed; False if that is not known."""
        plan, words, count = self._arguments
        if not machine.takes(id(arguments), plan) or not machine.unchanged(words, count):
            return False
        if mode.grad_enabled is not self._grad_enabled or inferring:
            return False
        for mapping, key, value in self._items:
            if mapping.get(key, ABSENT) is not value:
                return False
        return self._counter == structure.counter


def can_watch(arguments: tuple[Any, ...], reached: Reached) -> bool:
    """Whether a call depends on nothing that has to be looked at in another way."""
    if reached.sequences or reached.contents or reached.unbound or inferring:
        return False
    if not machine.reads_objects():
        return False
    return all(type(each) is Tensor and not each._requires_grad for each in arguments)


def _plan(arguments: tuple[Tensor, ...]) -> np.ndarray[Any, Any]:
    """What `objects.takes` compares arguments with."""
    words = [len(arguments), id(Tensor), id(list), id(None), id(False)]
    slots = ("array", "_base", "_requires_grad", "_version_cell")
    words += [slot_offset(name) for name in slots]
    for tensor in arguments:
        array = tensor.array
        words += [id(array.dtype), array.ndim, *array.shape, *array.strides]
    return np.array(words, np.int64)


def _held(leaf: int, tensor: int, array: int, counter: int, grad: int) -> list[tuple[int, int]]:
    """A gradient that its leaf has, whose version is what it was, and that nobody else holds."""
    elements = _word(counter + HEADER + 8)
    return [
        (leaf + grad, tensor),
        (tensor, _held_twice(tensor)),
        (array, _held_twice(array)),
        (counter + HEADER + 8, elements),
        (elements, _word(elements)),
    ]


def _held_twice(held: int) -> int:
    """What an object's first word is when two hold it: the upper half may have flags."""
    return _word(held) & ~0xFFFFFFFF | 2


def _word(address: int) -> int:
    return c_int64.from_address(address).value


@cache
def slot_offset(name: str) -> int:
    """How many bytes after its begin a tensor holds what one of its slots names."""
    tensor, marker = Tensor(np.zeros(0)), object()
    setattr(tensor, name, marker)
    for offset in range(HEADER, Tensor.__basicsize__, 8):
        if _word(id(tensor) + offset) == id(marker):
            return offset
    raise RuntimeError(f"a tensor's slot {name!r} is not where it was looked for")
