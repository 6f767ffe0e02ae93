"""How do functions that a user attaches run before and after a module's forward?

Those that see gradients are `backward_hooks`'.

A module without hooks never comes here. One with hooks calls `run_with_hooks`, which gives
each hook the arguments or the output and lets it replace them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..handles import RemovableHandle, attach
from .backward_hooks import BackwardHooks
from .dictionaries import Hook, hooks_of

if TYPE_CHECKING:
    from .module import Module


class Hooked:
    """The part of `Module` that holds hooks."""

    _module_hooks: dict[int, Hook]
    _forward_pre_hooks = hooks_of("forward_pre")
    _forward_hooks = hooks_of("forward")
    _backward_pre_hooks = hooks_of("backward_pre")
    _backward_hooks = hooks_of("backward")

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args)` before each forward.

        Parameters
        ----------
        hook : callable
            What it returns, unless None, replaces the arguments.
        prepend : bool
            Whether it comes before the hooks registered already.
        with_kwargs : bool
            Whether it is called as `hook(module, args, kwargs)`, and returns both or None.
        """
        return attach(self._module_hooks, Hook("forward_pre", hook, with_kwargs), prepend)

    def register_forward_hook(
        self,
        hook: Callable[..., Any],
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Call `hook(module, args, output)` after each forward.

        Parameters
        ----------
        hook : callable
            What it returns, unless None, replaces the output.
        prepend : bool
            Whether it comes before the hooks registered already.
        with_kwargs : bool
            Whether it is called as `hook(module, args, kwargs, output)`.
        always_call : bool
            Whether it is called even if an exception is raised before its turn; the output is
            None if `forward` has not given it.
        """
        kept = Hook("forward", hook, with_kwargs, always_call)
        return attach(self._module_hooks, kept, prepend)

    def register_full_backward_pre_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, grad_output)` when gradients come to the module's outputs.

        Parameters
        ----------
        hook : callable
            What it returns, unless None, replaces the gradients: a tuple, one for each output.
        prepend : bool
            Whether it comes before the hooks registered already.
        """
        return attach(self._module_hooks, Hook("backward_pre", hook), prepend)

    def register_full_backward_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, grad_input, grad_output)` when gradients have passed the module.

        Parameters
        ----------
        hook : callable
            It is given a tuple of the gradients of the arguments that were given by position,
            and one of those of the outputs, with None for what is no tensor. What it returns,
            unless None, replaces the first.
        prepend : bool
            Whether it comes before the hooks registered already.
        """
        return attach(self._module_hooks, Hook("backward", hook), prepend)


def run_with_hooks(module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call `module.forward` with its hooks around it."""
    call = Call(module, args, kwargs)
    backward = BackwardHooks(module)
    try:
        call.before()
        call.args = backward.around_arguments(call.args)
        call.output = module.forward(*call.args, **call.kwargs)
        call.after()
    except Exception:
        call.failed()
        raise
    return backward.around_output(call.output)


def _hooks(module: Module, kind: str) -> list[Hook]:
    return [each for each in module._module_hooks.values() if each.kind == kind]


class Call:
    """One call of a module on its way through the hooks."""

    def __init__(self, module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.module = module
        self.args = args
        self.kwargs = kwargs
        self.output: Any = None
        self.done: list[Hook] = []

    def before(self) -> None:
        """Let the forward pre-hooks see the arguments and replace them."""
        for hook in _hooks(self.module, "forward_pre"):
            if hook.with_kwargs:
                replacement = hook.function(self.module, self.args, self.kwargs)
                if replacement is not None:
                    self.args, self.kwargs = _as_arguments(replacement)
            else:
                replacement = hook.function(self.module, self.args)
                if replacement is not None:
                    one = not isinstance(replacement, tuple)
                    self.args = (replacement,) if one else replacement

    def after(self) -> None:
        """Let the forward hooks see the output and replace it."""
        for hook in _hooks(self.module, "forward"):
            self.done.append(hook)
            self.show_output(hook)

    def show_output(self, hook: Hook) -> None:
        named = (self.kwargs,) if hook.with_kwargs else ()
        replacement = hook.function(self.module, self.args, *named, self.output)
        if replacement is not None:
            self.output = replacement

    def failed(self) -> None:
        """Call the hooks that are to be called always; what they raise comes second."""
        for hook in _hooks(self.module, "forward"):
            if hook.always_call and hook not in self.done:
                try:
                    self.show_output(hook)
                except Exception as error:
                    warnings.warn(
                        "module forward hook with ``always_call=True`` raised an exception that "
                        f"was silenced as another error was raised in forward: {error}",
                        stacklevel=4,
                    )


def _as_arguments(replacement: object) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if isinstance(replacement, tuple) and len(replacement) == 2:
        return replacement
    raise RuntimeError(
        "forward pre-hook must return None or a tuple of (new_args, new_kwargs), "
        f"but got {replacement}."
    )
