"""Which random words come after which seed? Those of the Mersenne twister, as PyTorch takes them.

A stream also carries the one number that outlives a call: of normal numbers made by twos, the
second where an odd one was asked for. Its state is PyTorch's record of both, byte for byte.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.kernel import Array, Kernel
from .twister import LENGTH, POSITION, UNSEEDED, WORD, WORDS, spread_first, temper_all

STATE = np.dtype(
    [("seed", "<u8"), ("left", "<i4"), ("seeded", "<i4"), ("next", "<u8"), ("words", "<u8", 624),
     ("normal_x", "<f8"), ("spare", "<f8"), ("normal_rho", "<f8"), ("has_spare", "<i8"),
     ("single_spare", "<f4"), ("has_single_spare", "<i4")]
)  # fmt: skip
SPARE, KEPT = 0, 1  # in `Stream.spare`: a normal number, and whether it is to be used


def first_words(seed: int) -> Array:
    """The twister's state after a seed."""
    words = np.zeros(LENGTH, np.uint32)
    words[0] = seed % WORD
    spread_first(words)
    return words[:WORDS]


class Stream:
    """The words after a seed, from 0 to 2**64 - 1."""

    def __init__(self, seed: int) -> None:
        self.moves = 0  # how often this stream was started, drawn from or asked for its seed
        self.words = np.zeros(LENGTH, np.uint32)
        self.spare = np.zeros(2)
        self.start(seed)

    def start(self, seed: int) -> None:
        """Begin again; the twister knows the low 32 bits of the seed only.

        What is made from it is left to the first draw, of which it is 1 µs: every shuffled epoch
        has a seed of its own.
        """
        self.moves += 1
        self.seed = seed
        self.spare[KEPT] = 0
        self.words[0], self.words[POSITION] = seed % WORD, UNSEEDED

    def __getstate__(self) -> Array:
        return self.state()

    def __setstate__(self, state: Array) -> None:
        self.__init__(0)  # type: ignore[misc]  # a copied array would not do for kernels
        self.restore(state)

    def draw(self, kernel: Kernel, out: Array, *operands: Any) -> None:
        """Run a kernel that takes words: out, the words, and what else it works on."""
        self.moves += 1
        kernel(out, self.words, *operands)

    def state(self) -> Array:
        """The bytes of PyTorch's `Generator.get_state`, as uint8."""
        position, words = int(self.words[POSITION]), self.words[:WORDS]
        is_new = position == UNSEEDED
        if is_new:
            position, words = WORDS, first_words(self.seed)
        state = np.zeros((), STATE)
        state["seed"], state["seeded"], state["words"] = self.seed, 1, words
        state["left"], state["next"] = WORDS + 1 - position, position
        if is_new or (position == WORDS and (words == first_words(self.seed)).all()):
            state["next"] = 0  # so it is before the first draw
        if self.spare[KEPT]:
            state["spare"], state["has_spare"] = self.spare[SPARE], 1
        return np.frombuffer(state.tobytes(), np.uint8).copy()

    def restore(self, state: Array) -> None:
        """Go on from what `state` returned."""
        if not isinstance(state, np.ndarray):
            raise TypeError(f"expected what get_state returned, but got {type(state).__name__}")
        if state.dtype != np.uint8:
            raise TypeError(f"RNG state must be a minigrad.ByteTensor, but it is of {state.dtype}")
        if state.size != STATE.itemsize:
            raise RuntimeError(
                f"Expected an RNG state of size {STATE.itemsize} but found the input RNG state "
                f"size to be {state.size}"
            )
        record = np.frombuffer(state.tobytes(), STATE)[0]
        position = WORDS + 1 - int(record["left"])
        if not 0 <= position <= WORDS:
            raise RuntimeError("Invalid mt19937 state")
        self.moves += 1
        self.words[:WORDS] = record["words"]
        self.words[POSITION] = position
        temper_all(self.words)
        self.seed = int(record["seed"])
        self.spare[:] = record["spare"], record["has_spare"]
