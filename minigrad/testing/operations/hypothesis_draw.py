"""Samples by Hypothesis, which makes those that fail small."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ...dtypes import dtype
from ...tensor import Array
from ..strategies.choices import among, arrays, either
from ..strategies.values import numbers
from .random_draw import RandomDraw
from .sample import Draw, Manner, T


class HypothesisDraw(Draw):
    """Asks the function that a composite strategy is given."""

    def __init__(self, draw: Callable[..., Any], of: dtype, manner: Manner) -> None:
        super().__init__(of, manner)
        self._draw = draw

    def integer(self, low: int, high: int) -> int:
        return int(self._draw(st.integers(low, high)))

    def choice(self, options: Sequence[T]) -> T:
        return self._draw(among(options))  # type: ignore[no-any-return]

    def elements(self, shape: Sequence[int], low: float, high: float, *special: float) -> Array:
        if self.manner.long:
            return self._generated().elements(shape, low, high, *special)
        number = self.dtype.numpy.type
        there = [float(number(each)) for each in special]
        return self._array(self.dtype.numpy, shape, numbers(low, high, *there, of=self.dtype))

    def whole(self, shape: Sequence[int], low: int, high: int, *special: int) -> Array:
        if self.manner.long:
            return self._generated().whole(shape, low, high, *special)
        between: st.SearchStrategy[int] = st.integers(low, high)
        found = either(between, among(special)) if special else between
        return self._array(np.dtype(np.int64), shape, found)

    def _generated(self) -> RandomDraw:
        """For long arrays, which Hypothesis fills with one number for the most part."""
        return RandomDraw(self.integer(0, 2**32 - 1), self.dtype, self.manner)

    def _array(self, of: np.dtype[Any], shape: Sequence[int], elements: Any) -> Array:
        sides = tuple(int(each) for each in shape)
        return np.asarray(self._draw(arrays(of, sides, elements)))
