"""What may rounding do to a result of PyTorch's, on the way through all its operations?

The function runs in float64, and what each operation gives, forward and backward, is made a little
larger or smaller at random, as are its operands: by what rounding to float32 does. How far results
move then says how many roundings they are worth, whatever cancels on the way (Parker, "Monte Carlo
arithmetic", 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map

from ..judging.judge import Array

SMALL = 2.0**-24
RUNS = 4
TIMES = 16  # the farthest of them: an implementation may have a few more roundings


class Roundings(TorchDispatchMode):
    """While it lasts, each result of an operation is a little off."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._generator = np.random.default_rng(number)

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        if any(each.alias_info is not None for each in func._schema.returns):
            return result  # a view, or what was written into an operand: nothing is rounded
        return tree_map(self._off, result)

    def _off(self, value: Any) -> Any:
        if not (isinstance(value, torch.Tensor) and value.is_floating_point()):
            return value
        if value._is_zerotensor():  # which has no memory, and nothing to be rounded
            return value
        return value * torch.from_numpy(self.factors(tuple(value.shape)))

    def factors(self, shape: tuple[int, ...]) -> Array:
        """What numbers are multiplied with."""
        return np.asarray(1 + SMALL * self._generator.choice([-1.0, 1.0], shape))


def noise_of(value: Array, others: Sequence[Array]) -> Array:
    """A `Quantity`'s noise, from the value and what it is with roundings."""
    farthest = np.max([np.abs(other - value) for other in others], axis=0)
    return np.asarray(TIMES * farthest / SMALL + np.abs(value))
