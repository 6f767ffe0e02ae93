"""Which integers did a caller give, for a size, a dimension or a shift?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import tensor

Shape = tuple[int, ...]
NOT_GIVEN: Any = object()  # what a caller left out, where None would be something given


def integer(value: Any, name: str, function: str = "", size: bool = False) -> int:
    """An integer; a tensor of one without dimensions counts as one, a bool does not.

    `size` says that it is one, or a place: that may be an array of one integer, too.
    """
    if type(value) is int:
        return value
    if is_size(value) if size else is_integer(value):
        return int(value)
    raise TypeError(f"{_argument(name, function)} must be int, not {type(value).__name__}")


def is_integer(value: Any) -> bool:
    if isinstance(value, tensor.Tensor):
        return value.array.ndim == 0 and value.array.dtype.kind == "i"
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def is_size(value: Any) -> bool:
    """Whether a value can be a size or a place: also an array or tensor of one integer can."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iu"
    if isinstance(value, tensor.Tensor):
        return value.array.size == 1 and value.array.dtype.kind == "i"
    return is_integer(value)


def wrong_size(values: Sequence[Any]) -> int | None:
    """Where the first is that can be no size. A bool can, but for the first, as in PyTorch."""
    for place, each in enumerate(values):
        if type(each) is not int and not is_size(each) and not (place and isinstance(each, bool)):
            return place
    return None


def integers(values: Any, name: str, function: str) -> Shape:
    """The integers of a tuple or list."""
    if not isinstance(values, (tuple, list)):
        raise TypeError(
            f"{_argument(name, function)} must be tuple of ints, not {type(values).__name__}"
        )
    wrong = wrong_size(values)
    if wrong is not None:
        raise TypeError(
            f"{_argument(name, function)} must be tuple of ints, but found element of type "
            f"{type(values[wrong]).__name__} at pos {wrong}"
        )
    return tuple(map(int, values))


def listed(given: tuple[Any, ...], named: Any, name: str, function: str) -> Shape:
    """The integers of a method that takes them one by one, as one tuple, or by name."""
    if named is not None:
        if given:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
        return integers(named, name, function)
    if not given:
        raise TypeError(f'{function}() missing 1 required positional arguments: "{name}"')
    if isinstance(given[0], (tuple, list)):
        if len(given) > 1:
            raise TypeError(
                f"{function}() takes 1 positional argument but {len(given)} were given"
            )
        given = tuple(given[0])
    return integers(given, name, function)


def _argument(name: str, function: str) -> str:
    return f"{function}(): argument '{name}'" if function else f"argument '{name}'"
