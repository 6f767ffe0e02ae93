"""Which random words come after which seed? Those of the Mersenne twister, as PyTorch takes them.

A stream also carries the one number that outlives a call: of normal numbers made by twos, the
second where an odd one was asked for. Its state is PyTorch's record of both, byte for byte.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

WORD = 2**32
STATE = np.dtype(
    [("seed", "<u8"), ("left", "<i4"), ("seeded", "<i4"), ("next", "<u8"), ("words", "<u8", 624),
     ("normal_x", "<f8"), ("spare", "<f8"), ("normal_rho", "<f8"), ("has_spare", "<i8"),
     ("single_spare", "<f4"), ("has_single_spare", "<i4")]
)  # fmt: skip


class Stream:
    """The words after a seed, from 0 to 2**64 - 1, and what is made of their bits alone."""

    def __init__(self, seed: int) -> None:
        self._twister = np.random.RandomState()
        self.moves = 0  # how often this stream was started or drawn from
        self.start(seed)

    def start(self, seed: int) -> None:
        """Begin again; the twister knows the low 32 bits of the seed only."""
        self.moves += 1
        self.seed = seed
        self._twister.seed(seed % WORD)
        self.spare: float | None = None  # the second of two normal numbers, not yet used

    def words(self, count: int) -> Array:
        """The next 32-bit words, as uint64."""
        self.moves += 1
        return self._twister.randint(0, WORD, count, np.uint32).astype(np.uint64)

    def long_words(self, count: int) -> Array:
        """64-bit words, each of two words, the high one first."""
        high_low = self.words(2 * count).reshape(-1, 2)
        return np.asarray(high_low[:, 0] << np.uint64(32) | high_low[:, 1])

    def fractions(self, count: int, dtype: Any) -> Array:
        """Multiples of 2**-24 (float32) or 2**-53 (float64) from [0, 1)."""
        if dtype == np.float32:
            low_bits = self.words(count) & np.uint64(2**24 - 1)
            return np.asarray(low_bits.astype(dtype) * np.float32(2**-24))
        low_bits = self.long_words(count) & np.uint64(2**53 - 1)
        return np.asarray(low_bits.astype(dtype) * 2.0**-53)

    def state(self) -> Array:
        """The bytes of PyTorch's `Generator.get_state`, as uint8."""
        _, words, position, *_ = self._twister.get_state(legacy=True)
        state = np.zeros((), STATE)
        state["seed"], state["seeded"], state["words"] = self.seed, 1, words
        state["left"], state["next"] = 625 - int(position), position
        if self.spare is not None:
            state["spare"], state["has_spare"] = self.spare, 1
        return np.frombuffer(state.tobytes(), np.uint8).copy()

    def restore(self, state: Array) -> None:
        """Go on from what `state` returned."""
        if not isinstance(state, np.ndarray):
            raise TypeError(f"expected what get_state returned, but got {type(state).__name__}")
        if state.dtype != np.uint8:
            raise TypeError(
                "RNG state must be an int64 tensor or a uint8 array, but its dtype is "
                f"{state.dtype}"
            )
        if state.size != STATE.itemsize:
            raise RuntimeError(
                f"Expected an RNG state of size {STATE.itemsize} but found the input RNG state "
                f"size to be {state.size}"
            )
        record = np.frombuffer(state.tobytes(), STATE)[0]
        position = 625 - int(record["left"])
        if not 0 <= position <= 624:
            raise RuntimeError("Invalid mt19937 state")
        self.moves += 1
        self._twister.set_state(("MT19937", record["words"].astype(np.uint32), position, 0, 0.0))
        self.seed = int(record["seed"])
        self.spare = float(record["spare"]) if record["has_spare"] else None
