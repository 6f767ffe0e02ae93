"""The shape of a tensor, as Python sees it."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import Any, SupportsIndex


class Size(tuple[int, ...]):
    """The shape of a tensor: a tuple of integers; parts of it and sums are sizes again.

    >>> import minigrad as torch
    >>> torch.zeros(2, 3, 4).shape[:2] + (5,)
    minigrad.Size([2, 3, 5])
    """

    __slots__ = ()

    def __new__(cls, sizes: Iterable[Any] = ()) -> Size:
        if type(sizes) is tuple:  # of integers already, where it is an array's shape
            made = tuple.__new__(cls, sizes)
            if all(type(each) is int for each in made):
                return made
        found = []
        for place, each in enumerate(sizes):
            try:
                found.append(operator.index(each))
            except TypeError:
                raise TypeError(
                    "minigrad.Size() takes an iterable of 'int' "
                    f"(item {place} is '{type(each).__name__}')"
                ) from None
        return tuple.__new__(cls, found)

    def numel(self) -> int:
        """How many elements a tensor of this size has."""
        return math.prod(self)

    def __getitem__(self, position: SupportsIndex | slice) -> Any:
        part: Any = tuple.__getitem__(self, position)
        return Size(part) if isinstance(position, slice) else part

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, tuple):
            raise TypeError(
                f"can only concatenate tuple (not {type(other).__name__}) to minigrad.Size"
            )
        return Size((*self, *other))

    def __radd__(self, other: Any) -> Any:
        return Size((*other, *self)) if isinstance(other, tuple) else NotImplemented

    def __mul__(self, times: SupportsIndex) -> Size:
        return Size(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"minigrad.Size({list(self)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Size, (tuple(self),)
