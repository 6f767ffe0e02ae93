"""How do functions that a user attaches run before and after a module's forward?

A module without hooks never comes here. One with hooks calls `run_with_hooks`, which gives
each hook the arguments or the output and lets it replace them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import structure
from ..tensor import RemovableHandle

if TYPE_CHECKING:
    from .module import Module

next_key = count()


class Hook(NamedTuple):
    """A function to call, and whether it is also given the keyword arguments."""

    function: Callable[..., Any]
    with_kwargs: bool


def add_hook(hooks: dict[int, Hook], hook: Hook, prepend: bool) -> RemovableHandle:
    """Put a hook after the others, or before them, and return what takes it off again."""
    key = next(next_key)
    others = dict(hooks) if prepend else {}
    if prepend:
        hooks.clear()
    hooks[key] = hook
    hooks.update(others)
    structure.bump()
    return RemovableHandle(hooks, key)


def run_with_hooks(module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call `module.forward` with its hooks around it."""
    for hook in tuple(module._forward_pre_hooks.values()):
        if hook.with_kwargs:
            replacement = hook.function(module, args, kwargs)
            if replacement is not None:
                args, kwargs = _as_arguments(replacement)
        else:
            replacement = hook.function(module, args)
            if replacement is not None:
                args = replacement if isinstance(replacement, tuple) else (replacement,)
    output = module.forward(*args, **kwargs)
    for hook in tuple(module._forward_hooks.values()):
        named = (kwargs,) if hook.with_kwargs else ()
        replacement = hook.function(module, args, *named, output)
        if replacement is not None:
            output = replacement
    return output


def _as_arguments(replacement: object) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if isinstance(replacement, tuple) and len(replacement) == 2:
        return replacement
    raise RuntimeError(
        "forward pre-hook must return None or a tuple of (new_args, new_kwargs), "
        f"but got {replacement}."
    )
