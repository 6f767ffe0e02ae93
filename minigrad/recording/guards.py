"""Whether what a step depends on, besides its arguments, still is as it was.

Two kinds of checks are made on what `Walk` found. *Lookups* are made at every call: is the same
thing still under this name? The *structure* of modules and optimisers is compared only if
`structure.counter` has moved, since everything that changes it bumps that. Taking the structure
down costs a third of an eager step, so it is left until a recording is used again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from operator import is_
from typing import Any

from .. import fused, structure
from ..nn import Buffer, Module, Parameter
from ..tensor import Array, Tensor
from .walk import ABSENT, MEMBERS_OF_MODULES, PLAIN, Walk

KINDS = (Tensor, Parameter, Buffer)


class Reached(Walk):
    """Everything that a step can reach, and the checks on it."""

    def __init__(self, function: Callable[..., Any], arguments: Iterable[Any]) -> None:
        super().__init__(function, arguments)
        self.counter = structure.counter
        self._then: tuple[Any, ...] | None = None

    def keep_structure(self) -> None:
        """Take the structure down, so that a moved counter can be told from a change."""
        if self._then is None and self.counter == structure.counter:
            self._then = self._structure()

    def unchanged(self) -> bool:
        """Whether a step recorded with this would be recorded the same way now."""
        return self.change() is None

    def change(self) -> str | None:
        """What is not as it was; None if everything is."""
        try:
            for cell, value in self.cells:
                if cell.cell_contents is not value and not _same(cell.cell_contents, value):
                    return f"a variable that was {_shown(value)}"
        except ValueError:
            return "a variable that is gone"
        for mapping, key, value in self.items:
            current = mapping.get(key, ABSENT)
            if current is not value and not _same(current, value):
                return f"{key!r}, which was {_shown(value)}"
        for sequence, values in self.sequences:
            if len(sequence) != len(values):
                return f"the length of a {type(sequence).__name__}"
            for current, value in zip(sequence, values, strict=True):
                if current is not value and not _same(current, value):
                    return f"an element of a {type(sequence).__name__}"
        for sized, length in self.lengths:
            if len(sized) != length:
                return "the state of an optimiser, or attributes of a tensor"
        for group, known in self.groups:
            parameters = group["params"]
            if len(parameters) != len(known) or not all(map(is_, parameters, known)):
                return "the parameters of an optimiser"
        for array, content in self.contents:
            if array.tobytes() != content:
                return "an element of a NumPy array"
        if self.unbound and any(map(_is_bound, self.unbound)):
            return "a variable that was not bound"
        if self.counter != structure.counter:
            if self._then is None or not _alike(self._structure(), self._then):
                return "a module, an optimiser or a tensor"
            self.counter = structure.counter
        return None

    def obstacle(self, arguments: Iterable[Tensor]) -> str | None:
        """What only an eager run can do: run hooks, which are Python, and walk other graphs."""
        tensors = [*self.tensors.values(), *arguments]
        for module in self.modules.values():
            if module._module_hooks:
                return f"a {type(module).__name__} has a hook"
        for optimizer in self.optimizers.values():
            reason = optimizer._obstacle(tensors)
            if reason is not None:
                return reason
        if self.large:
            return "a NumPy array that it can reach is too large to be compared at every call"
        if self.iterators:
            return f"it can reach a {type(self.iterators[0]).__name__}, which moves on when used"
        for tensor in tensors:
            if type(tensor) not in KINDS:
                return f"a {type(tensor).__name__}, a class derived from Tensor, has its own ways"
            if tensor._hooks:
                return "a tensor has a hook"
            if tensor._with_history()._node is not None:
                return "a tensor comes with a graph that was made outside"
        return None

    def kept(self) -> tuple[list[Tensor], list[Array]]:
        """Tensors that stay from call to call, and other arrays that do: settings, for example."""
        tensors = list(self.tensors.values())
        settings: list[Array] = [array for array, _ in self.contents]
        for optimizer in self.optimizers.values():
            settings += optimizer._kernel_settings()
            for state in optimizer.state.values():
                tensors += [kept for kept in state.values() if isinstance(kept, Tensor)]
        return tensors, settings

    def _structure(self) -> tuple[Any, ...]:
        """The structure of all that was reached, to be compared with what it is later."""
        return (
            [_members(module) for module in self.modules.values()],
            [optimizer._structure() for optimizer in self.optimizers.values()],
            [
                (each.array, each._requires_grad, each._node is None, [*(each._hooks or ())])
                for each in map(Tensor._with_history, self.tensors.values())
            ],
            fused.kernels_enabled(),
        )


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "not there"
    return repr(value) if isinstance(value, PLAIN) else f"a {type(value).__name__}"


def _is_bound(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not ABSENT
    except ValueError:
        return False


def _same(current: Any, value: Any) -> bool:
    """Whether two plain values are the same to a program: of one type, and to the bit."""
    return (
        isinstance(value, PLAIN)
        and type(current) is type(value)
        and repr(current) == repr(value)  # 0.0 and -0.0 are equal, NaN is not
    )


def _alike(current: Any, value: Any) -> bool:
    """Whether two structures consist of the same objects and of plain values that are the same."""
    if current is value or _same(current, value):
        return True
    if type(current) is not type(value) or not isinstance(value, (list, tuple, dict)):
        return False
    if isinstance(value, dict):
        return list(current) == list(value) and all(map(_alike, current.values(), value.values()))
    return len(current) == len(value) and all(map(_alike, current, value))


def _members(module: Module) -> tuple[Any, ...]:
    """A module's attributes; of dicts, which change without being replaced, the keys too."""
    attributes = vars(module)
    return (
        type(module),
        attributes.copy(),
        [tuple(attributes[name]) for name in MEMBERS_OF_MODULES],
    )
