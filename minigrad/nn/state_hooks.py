"""How do functions that a user attaches see and change the dictionaries of a module's values?

They are kept apart from those around `forward`, so that calling a module costs nothing more; a
module without any has no place for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from ..handles import RemovableHandle, attach

EXTRA = "_extra_state"  # the name of state that is no tensor
Hook = Callable[..., Any]


class StateHook(NamedTuple):
    """A function to call, and when."""

    kind: str  # pre_save, save, pre_load or load
    function: Hook
    public: bool = True


class StateHooked:
    """The part of `Module` that holds hooks of its state, and state that is no tensor."""

    def register_state_dict_pre_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(module, prefix, keep_vars)` before `state_dict` looks at the module."""
        return self._attach_state_hook("pre_save", hook)

    def register_state_dict_post_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(module, state_dict, prefix, local_metadata)` when `state_dict` is complete.

        Then the values of the module and of all below it are in the dictionary. The hook may
        change it, and returns None.
        """
        return self._attach_state_hook("save", hook)

    def _register_state_dict_hook(self, hook: Hook) -> RemovableHandle:
        """The same for a hook that may return another dictionary."""
        if any(each is hook for each in self._state_hooks_of("save", public=True)):
            raise RuntimeError(
                "Cannot register the same function as the state dict post hook that was "
                "previously registered via register_state_dict_post_hook"
            )
        return self._attach_state_hook("save", hook, public=False)

    def register_load_state_dict_pre_hook(self, hook: Hook) -> RemovableHandle:
        """Call a hook before the module's values are looked up in the dictionary.

        Parameters
        ----------
        hook : callable
            Called as `hook(module, state_dict, prefix, local_metadata, strict, missing_keys,
            unexpected_keys, error_msgs)`; it may change the dictionary and the lists.

        Examples
        --------
        >>> import minigrad as torch
        >>> from minigrad import nn
        >>> def renamed(module, state_dict, prefix, *others):
        ...     if prefix + "w" in state_dict:
        ...         state_dict[prefix + "weight"] = state_dict.pop(prefix + "w")
        >>> net = nn.Linear(1, 1, bias=False)
        >>> _ = net.register_load_state_dict_pre_hook(renamed)
        >>> net.load_state_dict({"w": torch.ones(1, 1)})
        <All keys matched successfully>
        """
        return self._register_load_state_dict_pre_hook(hook, with_module=True)

    def _register_load_state_dict_pre_hook(
        self, hook: Hook, with_module: bool = False
    ) -> RemovableHandle:
        """The same for a hook that is given the module only `with_module`."""
        return self._attach_state_hook("pre_load", hook, public=with_module)

    def register_load_state_dict_post_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(module, incompatible_keys)` after loading, even if something did not fit.

        The hook may change the two lists of names, before what is in them becomes an error, and
        returns None.
        """
        return self._attach_state_hook("load", hook)

    def get_extra_state(self) -> Any:
        """Give what `state_dict` is to contain besides tensors: for classes that define it.

        Examples
        --------
        >>> from minigrad import nn
        >>> class Counting(nn.Module):
        ...     calls = 3
        ...
        ...     def get_extra_state(self):
        ...         return self.calls
        ...
        ...     def set_extra_state(self, state):
        ...         self.calls = state
        >>> dict(Counting().state_dict())
        {'_extra_state': 3}
        """
        raise RuntimeError(f"{type(self).__name__} does not define get_extra_state")

    def set_extra_state(self, state: Any) -> None:
        """Take what `get_extra_state` gave: for classes that define it."""
        raise RuntimeError(f"{type(self).__name__} does not define set_extra_state")

    def _attach_state_hook(self, kind: str, hook: Hook, public: bool = True) -> RemovableHandle:
        hooks = self.__dict__.setdefault("_state_hooks", {})
        return attach(hooks, StateHook(kind, hook, public))

    def _state_hooks_of(self, kind: str, public: bool | None = None) -> list[Hook]:
        """The functions of one kind, in the order of registration."""
        return [
            partial(each.function, self) if kind == "pre_load" and each.public else each.function
            for each in self.__dict__.get("_state_hooks", {}).values()
            if each.kind == kind and public in (None, each.public)
        ]

    def _after_saving(
        self, destination: dict[str, Any], prefix: str, metadata: dict[str, Any]
    ) -> dict[str, Any]:
        """The dictionary, or the one that a hook has returned instead."""
        for hook in list(self.__dict__.get("_state_hooks", {}).values()):
            if hook.kind != "save":
                continue
            result = hook.function(self, destination, prefix, metadata)
            if result is not None and hook.public:
                raise RuntimeError("state_dict post-hook must return None")
            destination = destination if result is None else result
        return destination
