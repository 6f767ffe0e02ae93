"""What is there under the names of PyTorch's past, without the underscore of work in place?

Older scripts and answers have them. They do the same, and warn.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def renamed(path: str, function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """A function, which is to be found at a path, under its name without the underscore."""
    name = function.__name__
    old = name.removesuffix("_")

    @wraps(function)
    def deprecated(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        text = f"`{path}.{old}` is now deprecated in favor of `{path}.{name}`."
        warnings.warn(text, FutureWarning, stacklevel=2)
        return function(*args, **kwargs)

    deprecated.__name__ = deprecated.__qualname__ = old
    return deprecated
