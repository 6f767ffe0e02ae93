"""Samples by a generator of random numbers: large ones, and where Hypothesis is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...dtypes import dtype
from ...tensor import Array
from .sample import Draw, Manner, T


class RandomDraw(Draw):
    """Draws uniformly; one number in eight is a special one."""

    def __init__(self, seed: int, of: dtype, manner: Manner) -> None:
        super().__init__(of, manner)
        self._generator = np.random.default_rng(seed)

    def integer(self, low: int, high: int) -> int:
        return int(self._generator.integers(low, high, endpoint=True))

    def choice(self, options: Sequence[T]) -> T:
        return options[self.integer(0, len(options) - 1)]

    def elements(self, shape: Sequence[int], low: float, high: float, *special: float) -> Array:
        values = self._generator.uniform(low, high, tuple(shape))
        return self._mixed(values, special).astype(self.dtype.numpy)

    def whole(self, shape: Sequence[int], low: int, high: int, *special: int) -> Array:
        values = self._generator.integers(low, high, tuple(shape), endpoint=True)
        return self._mixed(np.asarray(values, np.int64), special)

    def _mixed(self, values: Array, special: Sequence[float]) -> Array:
        if not special:
            return np.asarray(values)
        chosen = self._generator.choice(special, values.shape)
        mixed = np.where(self._generator.random(values.shape) < 1 / 8, chosen, values)
        return np.asarray(mixed, values.dtype)
