"""Whether operations make a graph: a switch of each thread, and the contexts that set it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any


class _Mode(threading.local):
    grad_enabled = True


mode = _Mode()


def is_grad_enabled() -> bool:
    """Whether operations are being recorded in a graph, in this thread."""
    return mode.grad_enabled


class set_grad_enabled:  # noqa: N801 (the name is PyTorch's)
    """Context manager and function: switch the making of graphs on or off in this thread."""

    def __init__(self, enabled: bool) -> None:
        self.previous = mode.grad_enabled
        mode.grad_enabled = bool(enabled)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        mode.grad_enabled = self.previous


class no_grad:  # noqa: N801 (the name is PyTorch's)
    """Context manager and decorator: operations inside make no graph.

    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> with torch.no_grad():
    ...     y = x * 2
    >>> y.requires_grad
    False
    """

    enabled = False

    def __init__(self) -> None:
        self.previous: list[bool] = []

    def __enter__(self) -> None:
        self.previous.append(mode.grad_enabled)
        mode.grad_enabled = self.enabled

    def __exit__(self, *error: Any) -> None:
        mode.grad_enabled = self.previous.pop()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def decorated(*arguments: Any, **keywords: Any) -> Any:
            with type(self)():
                return function(*arguments, **keywords)

        return decorated


class enable_grad(no_grad):  # noqa: N801 (the name is PyTorch's)
    """Context manager and decorator: operations inside make a graph again."""

    enabled = True
