"""Which integers did a caller give, for a size, a dimension or a shift?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .. import tensor

Shape = tuple[int, ...]
Reader = Callable[[Any, str, str], Shape]
NOT_GIVEN: Any = object()  # what a caller left out, where None would be something given
OVERFLOW = "Overflow when unpacking long long"


def integer(value: Any, name: str, function: str = "", size: bool = False) -> int:
    """An integer; a tensor of one without dimensions counts as one, a bool does not.

    `size` says that it is one, or a place: that may be an array of one integer, too.
    """
    if type(value) is int:
        return require_int64(value)
    if is_size(value) if size else is_integer(value):
        return int(value)
    raise TypeError(f"{_argument(name, function)} must be int, not {type(value).__name__}")


def require_int64(value: int) -> int:
    """The value; raise unless 64 bits hold it."""
    if not -(2**63) <= value < 2**63:
        raise ValueError(OVERFLOW)
    return value


def is_integer(value: Any) -> bool:
    if isinstance(value, tensor.Tensor):
        return value.array.ndim == 0 and value.array.dtype.kind in "iu"
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def is_size(value: Any, kinds: str = "iu") -> bool:
    """Whether a value can be a size or a place: also an array or tensor of one integer can.

    A tensor of one bool looks like one to PyTorch until it is read: that is a RuntimeError.
    """
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iu"
    if isinstance(value, tensor.Tensor):
        kind = value.array.dtype.kind if value.array.size == 1 else ""
        if kind == "b" and kind not in kinds:
            raise RuntimeError(f"a size must be an integer, got {value!r}")
        return bool(kind) and kind in kinds
    return is_integer(value)


def wrong_size(values: Sequence[Any], kinds: str = "iu") -> int | None:
    """The first place whose value can be no size; a bool can, but not in front, as in PyTorch."""
    for place, each in enumerate(values):
        if type(each) is int or is_size(each, kinds) or (place and isinstance(each, bool)):
            continue
        return place
    return None


def integers(
    values: Any, name: str, function: str = "", kinds: str = "iu", position: int = 0
) -> Shape:
    """The integers of a tuple or list, in which may be tensors of one element of these kinds."""
    argument = _argument(name, function) + (f" (position {position})" if position else "")
    if not isinstance(values, (tuple, list)):
        raise TypeError(f"{argument} must be tuple of ints, not {type(values).__name__}")
    wrong = wrong_size(values, kinds)
    if wrong is not None:
        raise TypeError(
            f"{argument} must be tuple of ints, but found element of type "
            f"{type(values[wrong]).__name__} at pos {wrong}"
        )
    found = tuple(map(int, values))
    for place, each in enumerate(found, 1):
        if not -(2**63) <= each < 2**63:
            raise TypeError(
                f"{_argument(name, function)} failed to unpack the object at pos {place} with "
                f'error "{OVERFLOW}"'
            )
    return found


def dimensions(values: Any, name: str, function: str = "") -> Shape:
    """The dimensions, or steps along them, of a tuple or list: tensors of bool count as well."""
    return integers(values, name, function, "iub")


def listed(
    given: tuple[Any, ...], named: Any, name: str, function: str, read: Reader = integers
) -> Shape:
    """The integers of a method that takes them one by one, as one tuple, or by name."""
    if named is not None:
        if given:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
        return read(named, name, function)
    if not given:
        raise TypeError(f'{function}() missing 1 required positional arguments: "{name}"')
    if isinstance(given[0], (tuple, list)):
        if len(given) > 1:
            raise TypeError(
                f"{function}() takes 1 positional argument but {len(given)} were given"
            )
        given = tuple(given[0])
    return read(given, name, function)


def _argument(name: str, function: str) -> str:
    return f"{function}(): argument '{name}'" if function else f"argument '{name}'"
