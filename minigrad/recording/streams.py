"""Does a step seed a random generator, make one, or draw from one unseen?

A replay draws through the launches that were recorded. Anything else that moves a generator's
stream is Python, which a replay does not run: such a step can only run eagerly.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..launch import Array
from ..random import Generator, default_generator


class Streams:
    """The streams of the generators that a step can reach, as its launches left them."""

    def __init__(self, generators: Iterable[Generator]) -> None:
        self._states: dict[Generator, Array] = {
            each: each.get_state() for each in [default_generator, *generators]
        }
        self._drawing: Generator | None = None
        self._moved = False

    def begin(self, generator: Generator) -> None:
        """A launch is about to draw."""
        self._drawing = generator
        self._moved |= self._is_elsewhere(generator)

    def end(self) -> None:
        """The launch has drawn."""
        if self._drawing is not None:
            self._states[self._drawing] = self._drawing.get_state()
            self._drawing = None

    def moved(self) -> bool:
        """Whether any stream was moved by something other than a launch."""
        return self._moved or any(map(self._is_elsewhere, self._states))

    def _is_elsewhere(self, generator: Generator) -> bool:
        state = self._states.get(generator)  # None: it was made in the step
        return state is None or bool((state != generator.get_state()).any())
