"""An optimiser's state: dictionaries that say when somebody puts something else into them.

A recorded step works on the tensors that were there. That they change is nothing to it, but that
others take their place is, so whoever does it moves `structure.counter`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .. import structure

NUMBERS = (bool, int, float)


class ParameterState(dict[str, Any]):
    """The state of one parameter, by name."""

    def __setitem__(self, name: str, value: Any) -> None:
        if type(value) not in NUMBERS or type(self.get(name)) not in NUMBERS:
            structure.bump()  # a count of a user's optimiser, which runs eagerly, goes on unseen
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        structure.bump()
        super().__delitem__(name)

    def __ior__(self, other: Any) -> ParameterState:  # type: ignore[override, misc]
        self.update(other)
        return self

    def update(self, *others: Any, **values: Any) -> None:
        structure.bump()
        super().update(*others, **values)

    def setdefault(self, name: str, default: Any = None) -> Any:
        structure.bump()
        return super().setdefault(name, default)

    def pop(self, *arguments: Any) -> Any:
        structure.bump()
        return super().pop(*arguments)

    def popitem(self) -> tuple[str, Any]:
        structure.bump()
        return super().popitem()

    def clear(self) -> None:
        structure.bump()
        super().clear()


class State(defaultdict[Any, dict[str, Any]]):
    """The state of all parameters; a dictionary put into it becomes a `ParameterState`."""

    def __setitem__(self, parameter: Any, state: dict[str, Any]) -> None:
        structure.bump()
        super().__setitem__(parameter, ParameterState(state) if type(state) is dict else state)

    def __repr__(self) -> str:
        return f"defaultdict({dict!r}, {dict(self)!r})"


def empty_state() -> State:
    return State(ParameterState)
