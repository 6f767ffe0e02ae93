"""Whether operations make a graph: switches of each thread, and the contexts that set them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from inspect import isgeneratorfunction
from typing import Any

from .decorating import decorated, decorated_generator


class _Mode(threading.local):
    grad_enabled = True  # whether operations make a graph
    inference = False  # then they make none
    asked = True  # whether they were asked to, which shows again when inference mode is left


mode = _Mode()
inferring: set[int] = set()  # the threads that are in inference mode


def is_grad_enabled() -> bool:
    """Whether gradients are switched on in this thread.

    Examples
    --------
    >>> import minigrad as torch
    >>> with torch.no_grad():
    ...     torch.is_grad_enabled()
    False
    """
    return mode.asked if mode.inference else mode.grad_enabled


def is_inference_mode_enabled() -> bool:
    """Whether this thread is in inference mode.

    Examples
    --------
    >>> import minigrad as torch
    >>> with torch.inference_mode():
    ...     torch.is_inference_mode_enabled(), torch.is_grad_enabled()
    (True, False)
    """
    return mode.inference


def switch_gradients(enabled: bool) -> bool:
    """Switch the making of graphs on or off; return what it was."""
    if inferring and mode.inference:
        previous, mode.asked = mode.asked, enabled
    else:
        previous, mode.grad_enabled = mode.grad_enabled, enabled
    return previous


class _Decorator:
    """The part of a context that makes it a decorator of functions and of generators."""

    def clone(self) -> Any:
        """Another one for one call of a decorated function."""
        return type(self)()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if isgeneratorfunction(function):
            return decorated_generator(function, self.clone)
        return decorated(function, self.clone)


class no_grad(_Decorator):  # noqa: N801 (the name is PyTorch's)
    """Context manager and decorator: operations inside make no graph.

    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> with torch.no_grad():
    ...     y = x * 2
    >>> y.requires_grad
    False
    >>> @torch.no_grad
    ... def double(x):
    ...     return x * 2
    >>> double(x).requires_grad
    False
    """

    enabled = False

    def __new__(cls, function: Callable[..., Any] | None = None) -> Any:
        return object.__new__(cls) if function is None else cls()(function)

    def __init__(self) -> None:
        self._previous: list[bool] = []

    def __enter__(self) -> None:
        if inferring:
            self._previous.append(switch_gradients(self.enabled))
        else:
            self._previous.append(mode.grad_enabled)
            mode.grad_enabled = self.enabled

    def __exit__(self, *error: Any) -> None:
        if inferring:
            switch_gradients(self._previous.pop())
        else:
            mode.grad_enabled = self._previous.pop()


class enable_grad(no_grad):  # noqa: N801 (the name is PyTorch's)
    """Context manager and decorator: operations inside make a graph again.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> with torch.no_grad():
    ...     without = x * 2
    ...     with torch.enable_grad():
    ...         recorded = x * 2
    >>> without.requires_grad, recorded.requires_grad
    (False, True)
    """

    enabled = True


class set_grad_enabled(_Decorator):  # noqa: N801 (the name is PyTorch's)
    """Context manager, decorator and function: switch the making of graphs on or off.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> training = False
    >>> with torch.set_grad_enabled(training):
    ...     (x * 2).requires_grad
    False
    """

    def __init__(self, mode: bool) -> None:
        if not isinstance(mode, bool):
            raise TypeError(
                "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not "
                f"{type(mode).__name__}"
            )
        self.mode = mode
        self._previous = switch_gradients(mode)

    def clone(self) -> set_grad_enabled:
        return type(self)(self.mode)

    def __enter__(self) -> None:
        switch_gradients(self.mode)

    def __exit__(self, *error: Any) -> None:
        switch_gradients(self._previous)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        switch_gradients(self._previous)  # only calls of the function are meant
        return super().__call__(function)

    def __repr__(self) -> str:
        return f"minigrad.autograd.grad_mode.set_grad_enabled(mode={self.mode})"


class inference_mode(_Decorator):  # noqa: N801 (the name is PyTorch's)
    """Context manager and decorator: no graph, and what is made inside never joins one.

    Tensors made inside count no changes; outside they cannot be changed in place, nor be saved
    for backward.

    Parameters
    ----------
    mode : bool
        False leaves inference mode, and switches gradients on.

    >>> import minigrad as torch
    >>> with torch.inference_mode():
    ...     x = torch.ones(2)
    >>> x.is_inference(), (x * 2).is_inference()
    (True, False)
    """

    def __new__(cls, mode: bool | Callable[..., Any] = True) -> Any:
        return super().__new__(cls) if isinstance(mode, bool) else cls()(mode)

    def __init__(self, mode: bool = True) -> None:
        self.mode = mode
        self._previous: list[tuple[bool, bool]] = []

    def clone(self) -> inference_mode:
        return type(self)(self.mode)

    def __enter__(self) -> None:
        self._previous.append((is_grad_enabled(), mode.inference))
        _switch(not self.mode, self.mode)

    def __exit__(self, *error: Any) -> None:
        _switch(*self._previous.pop())


def _switch(asked: bool, inference: bool) -> None:
    mode.inference = inference
    mode.asked, mode.grad_enabled = asked, asked and not inference
    (inferring.add if inference else inferring.discard)(threading.get_ident())
