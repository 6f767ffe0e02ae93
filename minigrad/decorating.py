"""How does a context become a decorator, of functions and of generators?

A generator runs in pieces. The context is entered for each piece and left when it yields, so that
it never holds for the code around.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from functools import wraps
from inspect import isclass
from typing import Any

Contexts = Callable[[], AbstractContextManager[Any]]


def decorated(function: Callable[..., Any], context: Contexts) -> Callable[..., Any]:
    """A function that runs in a new context at each call."""
    if isclass(function):
        warnings.warn(
            "Decorating classes is deprecated and will be disabled in future versions. You should "
            "only decorate functions or methods. To preserve the current behavior of class "
            "decoration, you can directly decorate the `__init__` method and nothing else.",
            FutureWarning,
            stacklevel=3,
        )

    @wraps(function)
    def within(*arguments: Any, **keywords: Any) -> Any:
        with context():
            return function(*arguments, **keywords)

    return within


def decorated_generator(
    function: Callable[..., Generator[Any, Any, Any]], context: Contexts
) -> Callable[..., Generator[Any, Any, Any]]:
    """A generator function whose pieces run in a context, whatever is sent or thrown into it."""

    @wraps(function)
    def within(*arguments: Any, **keywords: Any) -> Generator[Any, Any, Any]:
        generator = function(*arguments, **keywords)
        resume: Callable[[Any], Any] = generator.send
        sent: Any = None
        while True:
            try:
                with context():
                    given = resume(sent)
            except StopIteration as end:
                return end.value
            try:
                resume, sent = generator.send, (yield given)
            except GeneratorExit:
                with context():
                    generator.close()
                raise
            except BaseException as error:
                resume, sent = generator.throw, error

    return within
