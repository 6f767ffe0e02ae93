"""Takes down what a step does while it runs eagerly: launches, and effects on tensors."""

from __future__ import annotations

import functools
import linecache
import os
import sys
import threading
from collections.abc import Callable
from time import perf_counter_ns
from typing import Any, NamedTuple

from ..launch import Array
from ..tensor import Tensor

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
# Parts of the package that are a user's code as far as a recording is concerned.
USERS = tuple(os.path.join(PACKAGE, part) for part in ("demo", "testing"))


class Site(NamedTuple):
    """A line of the user's."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{os.path.basename(self.file)}:{self.line}"

    @property
    def text(self) -> str:
        return linecache.getline(self.file, self.line).strip()


class Instruction(NamedTuple):
    """One launch: what ran on which operands, for how long, because of which line."""

    kernel: Callable[..., Any]
    operands: tuple[Any, ...]
    nanoseconds: int
    site: Site


class Effect(NamedTuple):
    """What a step did to a tensor besides its elements, after so many instructions."""

    position: int
    tensor: Tensor
    gradient: Tensor | None
    is_gradient: bool  # False: the version was bumped


class Recorder:
    """The observer of one run of a step, in one thread."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.instructions: list[Instruction] = []
        self.allocations: list[Array] = []
        self.effects: list[Effect] = []
        self.refreshers: list[Callable[[], None]] = []
        # Leaves whose gradient was looked at before the step assigned one, with what was there.
        self.gradients_read: dict[Tensor, Tensor | None] = {}
        self.gradients_assigned: set[Tensor] = set()

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        started = perf_counter_ns()
        kernel(*operands)
        taken = perf_counter_ns() - started
        self.instructions.append(Instruction(kernel, operands, taken, users_line()))

    def allocated(self, array: Array) -> None:
        self.allocations.append(array)

    def called(self, function: Callable[[], None]) -> None:
        self.refreshers.append(function)

    def reading_value(self, how: str) -> None:
        site = users_line()
        raise RuntimeError(
            f"{how} in a compiled step at {site}: {site.text!r}. A replay does not run this line "
            "again: return the tensor and look at it outside, or pass data in as an argument"
        )

    def reading_gradient(self, tensor: Tensor) -> None:
        if tensor._node is None and tensor not in self.gradients_assigned:
            self.gradients_read.setdefault(tensor, tensor._grad)

    def gradient_assigned(self, tensor: Tensor, gradient: Tensor | None) -> None:
        self.gradients_assigned.add(tensor)
        self.effects.append(Effect(len(self.instructions), tensor, gradient, True))

    def version_bumped(self, tensor: Tensor) -> None:
        self.effects.append(Effect(len(self.instructions), tensor, None, False))


@functools.cache
def _is_ours(file: str) -> bool:
    return file.startswith(PACKAGE) and not file.startswith(USERS)


def users_line() -> Site:
    """The innermost line outside the package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return Site(frame.f_code.co_filename, frame.f_lineno)
