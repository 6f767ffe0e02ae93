"""What can a step reach, without being run?

`Walk` goes over the step's closure, the globals it names, and the modules, optimisers, objects
and functions found there, and notes what has to be looked at again at every call. Where a name
will be looked up only shows when code runs, so in classes and in Python modules everything is
watched that has one of the names in the code of any function reached.
"""

from __future__ import annotations

import functools
import random
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Any

import numpy as np

from ..nn import Module, Parameter
from ..nn.members import LISTS
from ..optim import Optimizer
from ..random import Generator
from ..tensor import Array, Tensor
from .names import is_special_method, is_users, names_in, slots_of
from .streams import FOREIGN, Foreign

PLAIN = (bool, int, float, complex, str, bytes, type(None))
OFTEN_PLAIN = frozenset(PLAIN)  # to be asked with type(), which is quick, before isinstance
HOLDERS = ("argparse", "collections", "types")  # whose objects are there to hold a user's values
ABSENT = object()
LARGE = 65536  # bytes of a NumPy array, above which comparing its elements would take long
MEMBERS_OF_MODULES = frozenset([*LISTS, "_module_hooks"])


class Slots:
    """The attributes in an object's slots, to be looked up as in a dict."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def get(self, name: str, default: Any) -> Any:
        return getattr(self.owner, name, default)


class Walk:
    """Everything that a step can reach."""

    def __init__(self, function: Callable[..., Any], arguments: Iterable[Any]) -> None:
        self.tensors: dict[int, Tensor] = {}
        self.modules: dict[int, Module] = {}
        self.optimizers: dict[int, Optimizer] = {}
        self.cells: list[tuple[types.CellType, Any]] = []
        self.unbound: list[types.CellType] = []
        self.items: list[tuple[Any, Any, Any]] = []  # mapping, key, value
        self.sequences: list[tuple[Any, tuple[Any, ...]]] = []
        self.lengths: list[tuple[Sized, int]] = []
        self.groups: list[tuple[dict[str, Any], list[Tensor]]] = []  # and their parameters
        self.contents: list[tuple[Array, bytes]] = []
        self.large: list[Array] = []
        self.generators: list[Generator] = []
        self.foreign: list[Foreign] = []
        self.iterators: list[Any] = []
        self._names = {"forward", "backward", "setup_context", "vjp"}
        self._spaces: dict[int, Mapping[str, Any]] = {}
        self._seen: set[int] = set()
        self._kept: list[Any] = []  # so that no id in `_seen` is given to another object
        self._visit(function)
        self._visit_arguments(arguments)
        self._visit_attributes()
        self._look_names_up()
        if "random" in self._names and id(np) in self._seen:
            self._visit(np.random)
        if "param_groups" in self._names:  # the step reads or sets a learning rate itself
            for optimizer in self.optimizers.values():
                for group in optimizer.param_groups:
                    self.items += [(group, name, group[name]) for name in group]

    def _visit_arguments(self, arguments: Iterable[Any]) -> None:
        """Visit all but tensors, which may be others at each call."""
        for argument in arguments:
            if isinstance(argument, dict):
                self._visit_arguments(argument.values())
            elif isinstance(argument, (list, tuple)):
                self._visit_arguments(argument)
            elif not isinstance(argument, Tensor):
                self._visit(argument)

    def _visit_attributes(self) -> None:
        """Watch what users have set on tensors."""
        for tensor in list(self.tensors.values()):
            attributes = vars(tensor)
            self.lengths.append((attributes, len(attributes)))
            for name, value in list(attributes.items()):
                self._watch(attributes, name, value)

    def _look_names_up(self) -> None:
        """Watch what functions may look up by name in classes and Python modules."""
        looked_up: set[tuple[int, str]] = set()
        while True:
            found = [
                (space, name)
                for space in self._spaces.values()
                for name in self._names
                if name in space and (id(space), name) not in looked_up
            ]
            if not found:
                return
            for space, name in found:
                looked_up.add((id(space), name))
                self._watch(space, name, space[name])

    def _watch(self, mapping: Any, key: Any, value: Any) -> None:
        self.items.append((mapping, key, value))
        self._visit(value)

    def _visit(self, value: Any) -> None:
        if type(value) in OFTEN_PLAIN or id(value) in self._seen:
            return
        self._seen.add(id(value))
        self._kept.append(value)
        if isinstance(value, Tensor):
            self.tensors[id(value)] = value
        elif isinstance(value, PLAIN):
            return
        elif isinstance(value, Module):
            self._visit_module(value)
        elif isinstance(value, Optimizer):
            self._visit_optimizer(value)
        elif isinstance(value, (dict, list, tuple, set, frozenset, deque, bytearray)):
            self._visit_container(value)
        elif isinstance(value, Generator):
            self.generators.append(value)
        elif isinstance(value, np.ndarray):
            if value.nbytes <= LARGE and not value.dtype.hasobject:
                self.contents.append((value, value.tobytes()))
            else:
                self.large.append(value)
        elif isinstance(value, types.FunctionType):
            self._visit_function(value)
        elif isinstance(value, types.ModuleType):
            self._visit_python_module(value)
        elif isinstance(value, FOREIGN):
            self.foreign.append(value)
        elif isinstance(value, type):
            self._visit_class(value)
        else:
            self._visit_object(value)

    def _visit_python_module(self, module: types.ModuleType) -> None:
        if module is random or module is np.random:
            self._visit(module.random.__self__)  # the generator that its functions draw from
        elif is_users(module.__name__):
            self._spaces[id(module)] = vars(module)

    def _visit_container(self, value: Any) -> None:
        if not isinstance(value, (tuple, frozenset)):
            self.sequences.append((value, tuple(value)))
        if isinstance(value, dict):
            for key, item in list(value.items()):
                self._watch(value, key, item)
        else:
            for item in tuple(value):
                self._visit(item)

    def _visit_object(self, value: Any) -> None:
        """Visit what an object holds: a user's, or one that stands for a function."""
        if isinstance(value, (types.MethodType, types.BuiltinMethodType)):
            self._visit(getattr(value, "__func__", None))
            self._visit(value.__self__)
        elif isinstance(value, (staticmethod, classmethod)):
            self._visit(value.__func__)
        elif isinstance(value, property):
            self._visit(value.fget)
        elif isinstance(value, functools.partial):
            self._visit(value.func)
            self._visit(value.args)
            self._visit(value.keywords)
        elif is_users(type(value).__module__) or type(value).__module__ in HOLDERS:
            if hasattr(value, "__dict__"):
                self._visit(vars(value))
            for name in slots_of(type(value)):
                self._watch(Slots(value), name, getattr(value, name, ABSENT))
            self._visit(type(value))
        elif isinstance(value, Iterator):
            self.iterators.append(value)
        self._visit(getattr(value, "__dict__", {}).get("__wrapped__"))

    def _visit_class(self, value: type) -> None:
        """Watch the classes that a user wrote, special methods with them."""
        if not is_users(value.__module__) or id(value) in self._spaces:
            return  # a library's class is derived from a library's
        self._kept.append(value)
        for each in value.__mro__:
            if is_users(each.__module__):
                self._spaces[id(each)] = vars(each)
                self._names.update(name for name in vars(each) if is_special_method(each, name))

    def _visit_function(self, function: types.FunctionType) -> None:
        typed_in = function.__code__.co_filename.startswith("<")  # a session, or an example
        if not typed_in and not is_users(function.__module__):
            return
        for cell in function.__closure__ or ():
            try:
                value = cell.cell_contents
            except ValueError:
                self.unbound.append(cell)
                continue
            self.cells.append((cell, value))
            self._visit(value)
        names, assigned = names_in(function.__code__)
        scope = function.__globals__
        self._names |= names
        for name in names:
            if name in scope:
                self._watch(scope, name, scope[name])
            elif name in assigned:
                self.items.append((scope, name, ABSENT))
        self._visit(function.__defaults__)
        self._visit(function.__kwdefaults__)

    def _visit_module(self, module: Module) -> None:
        self.modules[id(module)] = module
        self._visit_class(type(module))
        for name, value in list(vars(module).items()):
            kind = type(value)
            if kind in OFTEN_PLAIN:
                continue
            if kind is Parameter or kind is Tensor:
                self.tensors[id(value)] = value
            elif isinstance(value, Module):
                if id(value) not in self.modules:
                    self._visit_module(value)
            elif name not in MEMBERS_OF_MODULES:
                self._visit(value)

    def _visit_optimizer(self, optimizer: Optimizer) -> None:
        self.optimizers[id(optimizer)] = optimizer
        self._visit_class(type(optimizer))
        self.items.append((vars(optimizer), "state", optimizer.state))
        self.lengths.append((optimizer.state, len(optimizer.state)))
        for group in optimizer.param_groups:
            self.groups.append((group, list(group["params"])))
            self.tensors.update(zip(map(id, group["params"]), group["params"], strict=True))
