"""Calls that are not replayed, and why."""

from __future__ import annotations

from typing import Any, NoReturn

from ..launch import Array
from ..tensor import Tensor
from .guards import Reached
from .memory import extent
from .signature import Signature


class Declined:
    """A way of calling the step that is not replayed, and why."""

    verified = 0

    def __init__(self, reached: Reached, signature: Signature, reason: str) -> None:
        self.reached = reached
        self.signature = signature
        self.reason = reason

    def bind(self, tensors: list[Tensor], signature: Signature) -> tuple[Array, ...] | None:
        return () if signature == self.signature and self.reached.unchanged() else None

    def __repr__(self) -> str:
        return f"runs eagerly: {self.reason}"

    def profile(self, *arguments: Any, rounds: int = 0) -> NoReturn:
        """Raise: there are no instructions."""
        raise RuntimeError(f"profile: there is no program, the step {self!r}")


class Unreplayed(str):
    """What stands in the place of a program if every call is recorded: the reason."""

    __slots__ = ()

    def profile(self, *arguments: Any, rounds: int = 0) -> NoReturn:
        """Raise: there are no instructions that would be run again."""
        raise RuntimeError(f"profile: there is no program, the step is {self}")


class UnsupportedError(Exception):
    """A reason to run a step eagerly."""


class PassingError(Exception):
    """A reason not to replay a recording, which may be gone at the next call."""


def refuse_overlap(moving: list[Array], fixed: list[Array]) -> None:
    """Raise if memory that each call supplies is part of memory that stays."""
    spans = [extent(array) for array in fixed if array.size]
    for array in moving:
        begin, end = extent(array)
        if any(begin < other[1] and other[0] < end for other in spans):
            raise PassingError(
                "an argument or a gradient that shares memory with a parameter or another"
            )
