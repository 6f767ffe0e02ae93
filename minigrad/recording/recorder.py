"""Takes down what a step does while it runs eagerly: launches, and effects on tensors."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from time import perf_counter_ns
from typing import Any, NamedTuple

import numpy as np

from ..kernels.kernel import Kernel
from ..launch import Array, Observer
from ..random import Generator
from ..site import Site, users_line
from ..tensor import Tensor
from .streams import Foreign, Streams


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


class Recorder(Observer):
    """The observer of one run of a step, in one thread.

    A first call should cost little more than the step itself. So what happens is only put on a
    list here, and looked at when the step has ended.
    """

    def __init__(
        self, generators: Iterable[Generator] = (), foreign: Iterable[Foreign] = ()
    ) -> None:
        super().__init__()
        self.streams = Streams(generators, foreign)
        self.line: Site | None = None  # where all launches come from at present, if that is known
        # In order: a launch (kernel, operands, nanoseconds, site), a gradient that was assigned
        # (tensor, gradient), or a tensor whose version was bumped.
        self._log: list[Any] = []
        self.allocations: list[Array] = []
        self.refreshers: list[Callable[[], None]] = []
        # Leaves whose gradient was looked at before the step assigned one, with what was there.
        self.gradients_read: dict[Tensor, Tensor | None] = {}
        self.gradients_assigned: set[Tensor] = set()
        self._gradients_seen: list[Array] = []

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        site = self.line or users_line(3)
        if not isinstance(kernel, Kernel):
            self._begin_streams(operands)
        started = perf_counter_ns()
        kernel(*operands)
        taken = perf_counter_ns() - started
        if not isinstance(kernel, Kernel):
            self.streams.end()
        elif kernel.prepared > started:  # compiled or read back just now: that is not its time
            taken -= kernel.prepared - started
        self._log.append((kernel, operands, taken, site))

    def launched_each(self, kernel: Kernel, calls: Sequence[tuple[Any, ...]]) -> None:
        site = self.line or users_line(3)
        kernel.entry(calls[0][0].dtype)  # compiled or read back now
        started = perf_counter_ns()
        kernel.each(tuple(calls))
        taken = (perf_counter_ns() - started) // len(calls)
        self._log += [(kernel, operands, taken, site) for operands in calls]

    def _begin_streams(self, operands: Iterable[Any]) -> None:
        for operand in operands:
            if isinstance(operand, Generator):
                self.streams.begin(operand)
            elif isinstance(operand, (tuple, list)):
                self._begin_streams(operand)

    @functools.cached_property
    def instructions(self) -> list[Instruction]:
        """All launches, when the step has ended."""
        return [Instruction(*each) for each in self._log if _is_launch(each)]

    @functools.cached_property
    def effects(self) -> list[Effect]:
        """All effects, when the step has ended."""
        effects: list[Effect] = []
        launches = 0
        for each in self._log:
            if _is_launch(each):
                launches += 1
            elif isinstance(each, tuple):
                effects.append(Effect(launches, each[0], each[1], True))
            else:
                effects.append(Effect(launches, each, None, False))
        return effects

    @functools.cached_property
    def lifetimes(self) -> dict[int, tuple[int, int]]:
        """Of each array that is an operand, or owns the memory of one, by id: first and last use.

        What was given to a leaf as its gradient is needed to the end.
        """
        found: dict[int, tuple[int, int]] = {}
        for position, instruction in enumerate(self.instructions):
            for array in _arrays_in(instruction.operands):
                key = id(array)
                found[key] = (found[key][0] if key in found else position, position)
        end = len(self.instructions)
        for effect in self.effects:
            if effect.is_gradient and effect.gradient is not None:
                for array in _owners(effect.gradient.array):
                    found[id(array)] = (found.get(id(array), (0, 0))[0], end)
        return found

    def allocated(self, array: Array) -> None:
        self.allocations.append(array)

    def hold_line(self) -> Site | None:
        held, self.line = self.line, self.line or users_line(3)
        return held

    def release_line(self, held: Site | None) -> None:
        self.line = held

    def check_known(self, watched: Sequence[Array]) -> None:
        """Raise if a launch worked on memory that is not watched and that the step did not make.

        `watched` are arrays of arguments and of what the step's guards have found.
        """
        known = set(map(id, self.allocations))
        for array in [*watched, *self._gradients_seen]:
            known.update(map(id, _owners(array)))
        operands = list(chain.from_iterable(each[1] for each in self._log if _is_launch(each)))
        by_id = dict(zip(map(id, operands), operands, strict=True))
        for unknown in by_id.keys() - known:
            if type(by_id[unknown]) is not float and not _is_known(by_id[unknown], known):
                raise RuntimeError(self._unknown(by_id[unknown]))

    def _unknown(self, operand: Any) -> str:
        site = next(
            site
            for _, operands, _, site in filter(_is_launch, self._log)
            if any(each is operand for each in operands)
        )
        return (
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
            "again: return the tensor and look at it outside, pass data in as an argument, or do "
            "this after the step"
        )

    def reading_gradients(self, tensors: Iterable[Tensor]) -> None:
        if self.gradients_assigned.issuperset(tensors):
            return
        for tensor in tensors:
            if tensor._node is None and tensor not in self.gradients_assigned:
                self.gradients_read.setdefault(tensor, tensor._grad)
                if tensor._grad is not None:
                    self._gradients_seen.append(tensor._grad.array)

    def gradient_assigned(self, tensor: Tensor, gradient: Tensor | None) -> None:
        self.gradients_assigned.add(tensor)
        self._log.append((tensor, gradient))

    def gradients_forgotten(self, tensors: Iterable[Tensor]) -> None:
        self.gradients_assigned.update(tensors)
        self._log += zip(tensors, repeat(None))

    def versions_bumped(self, tensors: Iterable[Tensor]) -> None:
        self._log += tensors


def _is_launch(each: Any) -> bool:
    return type(each) is tuple and len(each) == 4


def _is_known(operand: Any, known: set[int]) -> bool:
    """Whether an operand is no memory, or lies in known memory."""
    if isinstance(operand, (tuple, list)):
        return all(_is_known(each, known) for each in operand)
    if not isinstance(operand, np.ndarray) or not operand.size:
        return True
    return not known.isdisjoint(map(id, _owners(operand)))


def _arrays_in(operand: Any) -> Iterator[Any]:
    """The arrays among operands, in lists and tuples too, and those that own their memory."""
    if isinstance(operand, (tuple, list)):
        for each in operand:
            yield from _arrays_in(each)
    else:
        yield from _owners(operand)


def _owners(array: Any) -> Iterator[Any]:
    """An array, the array that it is a view of, and so on to the one that owns the memory."""
    while isinstance(array, np.ndarray):
        yield array
        array = array.base
