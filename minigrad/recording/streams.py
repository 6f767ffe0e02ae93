"""Does a step seed a random generator, make one, or draw from one unseen?

A replay draws through the launches that were recorded, of kernels and of Python functions.
Anything else that moves a generator's stream is Python, which a replay does not run: such a step
can only run eagerly.
"""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ..kernels.kernel import Array
from ..random import Generator, default_generator
from ..random.launched import DRAWS

if TYPE_CHECKING:
    from .recorder import Instruction

Foreign: TypeAlias = random.Random | np.random.Generator | np.random.RandomState
FOREIGN = (random.Random, np.random.Generator, np.random.RandomState)


class Streams:
    """The streams of the generators that a step can reach, as its launches left them."""

    def __init__(self, generators: Iterable[Generator], foreign: Iterable[Foreign] = ()) -> None:
        self._foreign = [(each, _state(each)) for each in foreign]
        self._moves = {each: each.moves for each in [default_generator, *generators]}
        self._drawing: Generator | None = None
        self._moved = False

    def begin(self, generator: Generator) -> None:
        """A launch is about to draw."""
        self._drawing = generator
        self._moved |= self._is_elsewhere(generator)

    def end(self) -> None:
        """The launch has drawn."""
        if self._drawing is not None:
            self._moves[self._drawing] = self._drawing.moves
            self._drawing = None

    def memory(self) -> list[Array]:
        """What kernels draw from."""
        return [array for each in self._moves for array in (each.words, each.spare)]

    def moved(self, launches: Iterable[Instruction]) -> bool:
        """Whether any stream was moved by something other than a launch, or made in the step."""
        known = {id(each.words) for each in self._moves}
        return (
            self._moved
            or any(id(words_of(each)) not in known for each in launches if each.kernel in DRAWS)
            or any(map(self._is_elsewhere, self._moves))
            or any(_state(each) != state for each, state in self._foreign)
        )

    def _is_elsewhere(self, generator: Generator) -> bool:
        return self._moves.get(generator) != generator.moves  # or it was made in the step


def words_of(launch: Instruction) -> Array:
    """What a launch draws from."""
    words: Array = launch.operands[1]
    return words


def _state(generator: Foreign) -> bytes:
    """Where a generator of Python's or NumPy's is in its stream."""
    if isinstance(generator, random.SystemRandom):
        return os.urandom(16)  # it has none, and is never where it was
    return pickle.dumps(generator)
