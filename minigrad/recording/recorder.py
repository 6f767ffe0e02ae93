"""Takes down what a step does while it runs eagerly: launches, and effects on tensors."""

from __future__ import annotations

import functools
import linecache
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter_ns
from typing import Any, NamedTuple

import numpy as np

from ..kernel import Kernel
from ..launch import Array
from ..random import Generator
from ..tensor import Tensor
from .streams import Streams

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

    def __init__(self, watched: Iterable[Array], generators: Iterable[Generator] = ()) -> None:
        """`watched` are arrays of arguments and of what the step's guards have found."""
        self.streams = Streams(generators)
        self.thread = threading.get_ident()
        self.line: Site | None = None  # where all launches come from at present, if that is known
        self._watched = list(watched)  # kept, so that their ids stay theirs
        self._known = set(map(id, self._watched))
        for array in self._watched:
            if array.base is not None:
                self._know(array)
        # Taken down as plain tuples, which costs half of what the named ones do.
        self._launches: list[tuple[Any, ...]] = []
        self._effects: list[tuple[Any, ...]] = []
        self.allocations: list[Array] = []
        self.refreshers: list[Callable[[], None]] = []
        # Leaves whose gradient was looked at before the step assigned one, with what was there.
        self.gradients_read: dict[Tensor, Tensor | None] = {}
        self.gradients_assigned: set[Tensor] = set()

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        site = self.line or users_line()
        if not self._known.issuperset(map(id, operands)):
            for operand in operands:
                if id(operand) not in self._known and type(operand) is not float:
                    self._require_known(operand, site)
        if isinstance(kernel, Kernel):
            kernel.entry(operands[0].dtype)  # compiled or read back now: that is not its time
        started = perf_counter_ns()
        kernel(*operands)
        taken = perf_counter_ns() - started
        self.streams.end()
        self._launches.append((kernel, operands, taken, site))

    @functools.cached_property
    def instructions(self) -> list[Instruction]:
        """All launches, when the step has ended."""
        return [Instruction(*each) for each in self._launches]

    @functools.cached_property
    def effects(self) -> list[Effect]:
        """All effects, when the step has ended."""
        return [Effect(*each) for each in self._effects]

    def hold_line(self) -> None:
        self.line = users_line()

    def release_line(self) -> None:
        self.line = None

    def allocated(self, array: Array) -> None:
        self.allocations.append(array)
        self._known.add(id(array))

    def _know(self, array: Array) -> None:
        """An array's memory is watched, and so are all arrays that share it."""
        self._known.update(map(id, _owners(array)))

    def _require_known(self, operand: Any, site: Site) -> None:
        if isinstance(operand, (tuple, list)):
            for each in operand:
                self._require_known(each, site)
        elif isinstance(operand, Generator):
            self.streams.begin(operand)
        elif not isinstance(operand, np.ndarray) or not operand.size:
            return
        elif self._known.isdisjoint(map(id, _owners(operand))):
            raise RuntimeError(
                f"a compiled step uses a tensor at {site}: {site.text!r} that is neither an "
                "argument, nor made in the step, nor held by the step's closure, globals, modules "
                "or optimisers: a replay would not notice when it changes. Pass it as an argument"
            )

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
            if tensor._grad is not None:
                self._know(tensor._grad.array)

    def gradient_assigned(self, tensor: Tensor, gradient: Tensor | None) -> None:
        self.gradients_assigned.add(tensor)
        self._effects.append((len(self._launches), tensor, gradient, True))

    def version_bumped(self, tensor: Tensor) -> None:
        self._effects.append((len(self._launches), tensor, None, False))


def _owners(array: Any) -> Iterator[Any]:
    """An array, the array that it is a view of, and so on to the one that owns the memory."""
    while isinstance(array, np.ndarray):
        yield array
        array = array.base


@functools.cache
def _is_ours(file: str) -> bool:
    return file.startswith(PACKAGE) and not file.startswith(USERS)


def users_line() -> Site:
    """The innermost line outside the package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return Site(frame.f_code.co_filename, frame.f_lineno)
