"""Functions that a user attaches to an optimiser: around its steps, its saving, its loading."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from types import MappingProxyType
from typing import Any

from ..handles import RemovableHandle, attach

Hook = Callable[..., Any]


class Hooks:
    """What registers hooks: a part of `Optimizer`.

    An optimiser that wraps another may do without `Optimizer.__init__`: its steps have no hooks.
    """

    _step_pre_hooks: OrderedDict[int, Hook] = MappingProxyType({})  # type: ignore[assignment]
    _step_post_hooks: OrderedDict[int, Hook] = MappingProxyType({})  # type: ignore[assignment]

    def __init__(self) -> None:
        self._step_pre_hooks = OrderedDict()
        self._step_post_hooks = OrderedDict()
        self._state_dict_pre_hooks: OrderedDict[int, Hook] = OrderedDict()
        self._state_dict_post_hooks: OrderedDict[int, Hook] = OrderedDict()
        self._load_state_dict_pre_hooks: OrderedDict[int, Hook] = OrderedDict()
        self._load_state_dict_post_hooks: OrderedDict[int, Hook] = OrderedDict()

    def register_step_pre_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` before each step.

        The arguments begin with the optimiser. The hook may return a pair: others instead.
        """
        return attach(self._step_pre_hooks, hook)

    def register_step_post_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` after each step."""
        return attach(self._step_post_hooks, hook)

    def register_state_dict_pre_hook(self, hook: Hook, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer)` before `state_dict` looks at anything."""
        return attach(self._state_dict_pre_hooks, hook, prepend)

    def register_state_dict_post_hook(self, hook: Hook, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)`, which may return another, before it is given."""
        return attach(self._state_dict_post_hooks, hook, prepend)

    def register_load_state_dict_pre_hook(
        self, hook: Hook, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)`, which may return another, before loading it."""
        return attach(self._load_state_dict_pre_hooks, hook, prepend)

    def register_load_state_dict_post_hook(
        self, hook: Hook, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer)` after loading."""
        return attach(self._load_state_dict_post_hooks, hook, prepend)


def with_hooks(step: Callable[..., Any]) -> Callable[..., Any]:
    """A class's `step` with the hooks around it, which notes that it was called."""

    @wraps(step)
    def hooked_step(*args: Any, **kwargs: Any) -> Any:
        optimizer = args[0]
        if optimizer._stepped is False:
            optimizer._stepped = True
        hooked = optimizer._step_pre_hooks or optimizer._step_post_hooks
        if not hooked or type(optimizer).step is not hooked_step:  # of a derived class's step
            return step(*args, **kwargs)
        for hook in tuple(optimizer._step_pre_hooks.values()):
            replaced = hook(optimizer, args, kwargs)
            if replaced is not None:
                args, kwargs = _as_arguments(replaced, step)
        result = step(*args, **kwargs)
        for hook in tuple(optimizer._step_post_hooks.values()):
            hook(optimizer, args, kwargs)
        return result

    return hooked_step


def _as_arguments(replaced: object, step: Callable[..., Any]) -> tuple[Any, Any]:
    if isinstance(replaced, tuple) and len(replaced) == 2:
        return replaced
    raise RuntimeError(
        f"{step} must return None or a tuple of (new_args, new_kwargs), but got {replaced}."
    )
