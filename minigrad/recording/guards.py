"""What a step depends on besides its arguments, and whether it still is as it was.

`reach` walks over the step's closure, the globals it names, the modules, optimisers, objects and
functions found there. Two kinds of checks come out of it. *Lookups* are made at every call: is
the same thing still under this name? The *structure* of modules and optimisers is compared only
if `structure.counter` has moved, since everything that changes it bumps that.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .. import fused, structure
from ..nn import Module
from ..optim import Optimizer
from ..tensor import Array, Tensor

PLAIN = (bool, int, float, complex, str, bytes, type(None))
PACKAGE = __name__.partition(".")[0]
ABSENT = object()


class Reached:
    """Everything that a step can reach, and the checks on it."""

    def __init__(self, function: Callable[..., Any], arguments: Iterable[Any]) -> None:
        self.tensors: dict[int, Tensor] = {}
        self.modules: dict[int, Module] = {}
        self.optimizers: dict[int, Optimizer] = {}
        self._cells: list[tuple[types.CellType, Any]] = []
        self._items: list[tuple[dict[Any, Any], Any, Any]] = []
        self._sequences: list[tuple[Any, tuple[Any, ...]]] = []
        self._seen: set[int] = set()
        self._kept: list[Any] = []  # so that no id in `_seen` is given to another object
        self._visit(function)
        for argument in arguments:
            if isinstance(argument, (Module, Optimizer, types.FunctionType)):
                self._visit(argument)
        self.counter = structure.counter
        self.fingerprint = self._fingerprint()

    def unchanged(self) -> bool:
        """Whether a step recorded with this would be recorded the same way now."""
        return self.change() is None

    def change(self) -> str | None:
        """What is not as it was; None if everything is."""
        for cell, value in self._cells:
            if cell.cell_contents is not value and not _same(cell.cell_contents, value):
                return f"a variable that was {value!r}"
        for mapping, key, value in self._items:
            current = mapping.get(key, ABSENT)
            if current is not value and not _same(current, value):
                return f"{key!r}, which was {value!r}"
        for sequence, values in self._sequences:
            if len(sequence) != len(values):
                return f"the length of a {type(sequence).__name__}"
            for current, value in zip(sequence, values, strict=True):
                if current is not value and not _same(current, value):
                    return f"an element of a {type(sequence).__name__}"
        if self.counter != structure.counter:
            if self._fingerprint() != self.fingerprint:
                return "a module, an optimiser or a tensor"
            self.counter = structure.counter
        return None

    def hooked(self, arguments: Iterable[Tensor]) -> str | None:
        """Where a hook is, if there is one: hooks are Python, which a replay does not run."""
        for module in self.modules.values():
            if module._forward_hooks or module._forward_pre_hooks:
                return f"a {type(module).__name__} has a hook"
        if any(tensor._hooks for tensor in [*self.tensors.values(), *arguments]):
            return "a tensor has a hook"
        return None

    def kept(self) -> tuple[list[Tensor], list[Array]]:
        """Tensors that stay from call to call, and arrays that kernels read settings from."""
        tensors = list(self.tensors.values())
        settings: list[Array] = []
        for optimizer in self.optimizers.values():
            settings += optimizer._settings
            for state in optimizer.state.values():
                tensors += state.values()
        return tensors, settings

    def _visit(self, value: Any) -> None:
        if isinstance(value, PLAIN) or id(value) in self._seen:
            return
        self._seen.add(id(value))
        self._kept.append(value)
        if isinstance(value, Tensor):
            self.tensors[id(value)] = value
        elif isinstance(value, Module):
            self._visit_module(value)
        elif isinstance(value, Optimizer):
            self._visit_optimizer(value)
        elif isinstance(value, types.FunctionType):
            self._visit_function(value)
        elif isinstance(value, types.MethodType):
            self._visit(value.__func__)
            self._visit(value.__self__)
        elif isinstance(value, dict):
            self._sequences.append((value, tuple(value)))
            for key, item in list(value.items()):
                self._items.append((value, key, item))
                self._visit(item)
        elif isinstance(value, (list, tuple)):
            if isinstance(value, list):
                self._sequences.append((value, tuple(value)))
            for item in value:
                self._visit(item)
        elif _is_users(type(value)) and hasattr(value, "__dict__"):
            self._visit(vars(value))
            self._visit(vars(type(value)).get("__call__"))

    def _visit_function(self, function: types.FunctionType) -> None:
        if not _is_users(function):
            return
        for cell in function.__closure__ or ():
            try:
                value = cell.cell_contents
            except ValueError:  # a name that is not bound yet
                continue
            self._cells.append((cell, value))
            self._visit(value)
        for name in _names(function.__code__):
            if name in function.__globals__:
                value = function.__globals__[name]
                self._items.append((function.__globals__, name, value))
                self._visit(value)
        for value in function.__defaults__ or ():
            self._visit(value)

    def _visit_module(self, module: Module) -> None:
        self.modules[id(module)] = module
        self._visit(type(module).forward)
        for value in list(vars(module).values()):
            if isinstance(value, (Tensor, Module)):
                self._visit(value)
            elif isinstance(value, (list, tuple, types.FunctionType)):
                self._visit(value)

    def _visit_optimizer(self, optimizer: Optimizer) -> None:
        self.optimizers[id(optimizer)] = optimizer
        for tensor in optimizer.all_parameters():
            self._visit(tensor)

    def _fingerprint(self) -> tuple[Any, ...]:
        """The structure of all that was reached, as values that can be compared."""
        modules = tuple(
            tuple((name, _key(value)) for name, value in vars(module).items())
            for module in self.modules.values()
        )
        optimizers = tuple(
            tuple(_optimizer_structure(optimizer)) for optimizer in self.optimizers.values()
        )
        tensors = tuple(_key(tensor) for tensor in self.tensors.values())
        return (fused.kernels_enabled(), modules, optimizers, tensors)


def _names(code: types.CodeType) -> set[str]:
    """All names that a function's text looks up, those of functions inside it too."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names


def _is_users(value: Any) -> bool:
    """Whether a function or class was written by a user, not by minigrad or a library."""
    module = getattr(value, "__module__", None) or ""
    top = module.partition(".")[0]
    return top not in (PACKAGE, "builtins", "numpy", "numba", "torch") or module.startswith(
        (f"{PACKAGE}.demo", f"{PACKAGE}.testing")
    )


def _same(current: Any, value: Any) -> bool:
    """Whether two plain values are the same to a program: equal, and of one type."""
    return (
        isinstance(value, PLAIN)
        and type(current) is type(value)
        and (current == value or (current != current and value != value))
    )


def _key(value: Any) -> Any:
    if isinstance(value, Tensor):
        hooks = tuple(value._hooks) if value._hooks else ()
        return (id(value), id(value.array), value._requires_grad, hooks)
    if isinstance(value, dict):
        return (id(value), tuple(value))
    return (type(value), value) if isinstance(value, PLAIN) else id(value)


def _optimizer_structure(optimizer: Optimizer) -> Iterator[Any]:
    for group, settings in zip(optimizer.param_groups, optimizer._settings, strict=True):
        zeros = tuple(not number for number in optimizer.numbers(group))
        yield (tuple(map(id, group["params"])), zeros[1:], id(settings))
    for parameter, state in optimizer.state.items():
        yield (id(parameter), tuple((name, id(kept.array)) for name, kept in state.items()))
