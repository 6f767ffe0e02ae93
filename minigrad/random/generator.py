"""What does a generator offer? Seeds, states, and arrays filled with random numbers.

The methods fill an ndarray in place. They draw 32-bit words of the Mersenne twister in PyTorch's
order and number, so that calls of every kind can be mixed and the streams stay in step. Elements
are filled as they lie in memory, whatever the order of the axes.
"""

from __future__ import annotations

import secrets
from typing import Any

import numpy as np

from .. import devices
from ..tensor import Tensor, tensor_of
from .chances import fill_by_chance
from .integers import fill_integers
from .normal import fill_normal
from .permutation import shuffled
from .stream import Stream
from .uniform import fill_uniform

Array = np.ndarray[Any, Any]

FIRST_SEED = 67280421310721  # what a Generator() starts from


class Generator:
    """A stream of random numbers, started by a seed.

    Parameters
    ----------
    device : device or str
        Only ``'cpu'`` is there.

    >>> generator = Generator().manual_seed(0)
    >>> generator.permutation(5)
    array([4, 0, 1, 3, 2])
    """

    device = devices.CPU

    def __init__(self, device: str | devices.device | None = "cpu") -> None:
        if isinstance(device, bool) or not isinstance(device, str | int | devices.device | None):
            raise TypeError(
                "Generator(): argument 'device' must be minigrad.device, "
                f"not {type(device).__name__}"
            )
        is_number = isinstance(device, int)
        if is_number or (device is not None and devices.device(device).type != "cpu"):
            raise RuntimeError(f"Expected 'cpu' as the device of a Generator, but got {device!r}")
        self._stream = Stream(FIRST_SEED)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again, from `seed` (from -2**63 to 2**64 - 1); return the generator.

        The twister itself is started with the low 32 bits only.
        """
        if isinstance(seed, np.integer):
            raise TypeError(f"an integer is required, not {type(seed).__name__}; int() makes one")
        if isinstance(seed, bool) or not isinstance(seed, int):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        if not -(2**63) <= seed < 2**64:
            raise ValueError("Overflow when unpacking long long")
        self._stream.start(seed % 2**64)
        return self

    def seed(self) -> int:
        """Start the stream from a seed that nobody can foresee; return the seed."""
        seed = secrets.randbits(64)
        self.manual_seed(seed)
        return seed

    def initial_seed(self) -> int:
        """The seed that the stream was started from, as an integer that is not negative."""
        self._stream.moves += 1
        return self._stream.seed

    @property
    def moves(self) -> int:
        """How often it was seeded, set, asked for its seed, or drawn from, but for `launched`."""
        return self._stream.moves

    def get_state(self) -> Tensor:
        """The state of the stream: the bytes of PyTorch's `Generator.get_state`, as uint8."""
        return tensor_of(self._stream.state())

    def set_state(self, state: Tensor | Array) -> Generator:
        """Go on from what `get_state` returned, here or, as a tensor or an array, in PyTorch."""
        self._stream.restore(state.array if isinstance(state, Tensor) else state)
        return self

    def clone_state(self) -> Generator:
        """Another generator that will draw what this one would."""
        return Generator().set_state(self.get_state())

    @property
    def words(self) -> Array:
        """What kernels draw from; it stays where it is."""
        return self._stream.words

    @property
    def spare(self) -> Array:
        """What becomes of a normal number that was not asked for; it stays where it is."""
        return self._stream.spare

    def uniform(self, array: Array, low: float = 0.0, high: float = 1.0) -> None:
        """Fill `array` evenly from [low, high)."""
        fill_uniform(self._stream, array, low, high)

    def normal(self, array: Array, mean: float = 0.0, std: float = 1.0) -> None:
        """Fill `array` with normally distributed numbers."""
        fill_normal(self._stream, array, mean, std)

    def random(self, array: Array, low: int | None = None, high: int | None = None) -> None:
        """Fill `array` with integers.

        They come from [low, high); without `high`, from `low` to the largest integer such that
        all up to it exist in the array's dtype; without both, from 0 to that.
        """
        fill_integers(self._stream, array, low, high)

    def bernoulli(self, array: Array, p: float) -> None:
        """Fill `array` with ones, each with probability p, and zeros."""
        fill_by_chance(self._stream, array, p)

    def permutation(self, n: int) -> Array:
        """The integers below `n` in random order, as int64."""
        return shuffled(self._stream, n)
