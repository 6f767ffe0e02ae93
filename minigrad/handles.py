"""What registering a hook returns, and what takes the hook away again."""

from __future__ import annotations

import itertools
from typing import Any, Self

from . import structure

_keys = itertools.count()


class RemovableHandle:
    """What registering a hook returns: `remove()`, or leaving its context, takes the hook away.

    >>> import minigrad as torch
    >>> x = torch.ones(1, requires_grad=True)
    >>> with x.register_hook(lambda grad: print("seen")):
    ...     (x * 2).backward()
    seen
    >>> (x * 2).backward()
    """

    def __init__(self, hooks: dict[int, Any], key: int) -> None:
        self._hooks = hooks
        self.id = key

    def remove(self) -> None:
        structure.bump()
        self._hooks.pop(self.id, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self.remove()


def attach(hooks: dict[int, Any], hook: Any, prepend: bool = False) -> RemovableHandle:
    """Put a hook after the others, or before them."""
    key = next(_keys)
    others = dict(hooks) if prepend else {}
    if prepend:
        hooks.clear()
    hooks[key] = hook
    hooks.update(others)
    structure.bump()
    return RemovableHandle(hooks, key)
