"""What does a script see that reads or writes `_modules`, `_parameters`, `_buffers`, or hooks?

In PyTorch these are dictionaries, and recipes for replacing layers or removing hooks write into
them. Here members are attributes and all hooks stand in one dictionary, so these are views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import structure

if TYPE_CHECKING:
    from .module import Module


class View(MutableMapping[Any, Any]):
    """What all have in common: they are printed and copied as dictionaries."""

    def __repr__(self) -> str:
        return repr(dict(self))

    def copy(self) -> dict[Any, Any]:
        return dict(self)


class MembersByName(View):
    """The members on one list of a module. Writing does not check what is written.

    Parameters
    ----------
    attributes : the module's
    names : the list
    """

    def __init__(self, attributes: dict[str, Any], names: dict[str, Any]) -> None:
        self._attributes = attributes
        self._names = names

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        return self._attributes[name]

    def __setitem__(self, name: str, value: Any) -> None:
        structure.bump()
        self._names.setdefault(name, True)  # of a buffer: it is saved
        self._attributes[name] = value

    def __delitem__(self, name: str) -> None:
        structure.bump()
        del self._names[name]
        del self._attributes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Hook(NamedTuple):
    """A function to call, and when: also if there was an exception; and with what."""

    kind: str  # forward_pre, forward, backward_pre or backward
    function: Callable[..., Any]
    with_kwargs: bool = False
    always_call: bool = False


class HooksOfKind(View):
    """The hooks of one kind: the functions, by the number of their handle."""

    def __init__(self, hooks: dict[int, Hook], kind: str) -> None:
        self._hooks = hooks
        self._kind = kind

    def __getitem__(self, key: int) -> Callable[..., Any]:
        if key not in list(self):
            raise KeyError(key)
        return self._hooks[key].function

    def __setitem__(self, key: int, function: Callable[..., Any]) -> None:
        structure.bump()
        self._hooks[key] = Hook(self._kind, function)

    def __delitem__(self, key: int) -> None:
        if key not in list(self):
            raise KeyError(key)
        structure.bump()
        del self._hooks[key]

    def __iter__(self) -> Iterator[int]:
        return (key for key, hook in list(self._hooks.items()) if hook.kind == self._kind)

    def __len__(self) -> int:
        return len(list(iter(self)))


def hooks_of(kind: str) -> property:
    """An attribute of modules that holds the hooks of one kind, and may be replaced."""

    def held(module: Module) -> HooksOfKind:
        return HooksOfKind(module._module_hooks, kind)

    def replace(module: Module, hooks: Mapping[int, Callable[..., Any]]) -> None:
        given = dict(hooks)
        held(module).clear()
        held(module).update(given)

    return property(held, replace)
