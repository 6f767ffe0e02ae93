"""Replays on many batches of rows in a row, without Python in between.

What a replay asks before its program runs and does afterwards (`Replay.bind`, `Replay.run`) is
asked and done once for all of them. That is enough where nothing that is asked can have changed:
no Python runs between two batches, and programs that change what is asked are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

import numpy as np

from ..kernels import machine
from ..kernels.batches import PLAN_DONE, PLAN_STATUS
from ..launch import Array, empty, observer
from ..tensor import Tensor, tensor_of
from .declined import Declined
from .memory import address_of
from .program import PIECE_NANOSECONDS
from .recorded import Recorded
from .replay import Replay
from .results import Argument, Fresh, GradientOf, made
from .rows import rows_of, tables
from .signature import describe

if TYPE_CHECKING:
    from ..utils.data import DataLoader
    from .step import CompiledStep


class Kept(NamedTuple):
    """The results of batches that ran natively, each in memory of its own."""

    template: Any
    arrays: dict[int, Array]  # by their source in the template: (batches, *shape)
    number: int  # of batches

    def stacked(self) -> Array | None:
        """All in one array, if a result is nothing but a tensor that fills its memory."""
        if isinstance(self.template, Fresh) and self.template.whole:
            return self.arrays[self.template.source]
        return None

    def parts(self) -> list[Any]:
        """These results, or each by itself where they are not in one array."""
        return self.each() if self.stacked() is None else [self]

    def each(self) -> list[Any]:
        """What as many calls would have returned."""
        found = []
        for batch in range(self.number):
            arrays: Any = {source: kept[batch, ...] for source, kept in self.arrays.items()}
            found.append(made(self.template, arrays, ()))
        return found


class NativeBatches:
    """A replay that is valid for the next batches of a loader, and all that it needs for them."""

    def __init__(
        self,
        replay: Replay,
        arrays: tuple[Array, ...],
        arguments: list[Tensor],
        picked_from: list[Array],
        rows: Array,
    ) -> None:
        """`arrays` are what `replay.bind` gave for arguments into which rows are gathered."""
        self.replay = replay
        self._arrays, self._arguments = arrays, arguments
        self._kept_alive = picked_from, rows
        size = len(arguments[0].array)
        self.count = len(rows) // size
        given = {source: arrays[source] for source in _sources(replay.result)}
        self.results = Kept(
            replay.result,
            {key: empty((self.count, *each.shape), each.dtype) for key, each in given.items()},
            self.count,
        )
        program = replay.program
        words = [0, 0, program.tables, len(program.lines)]
        words += [address_of(rows), size, len(arguments), len(given)]
        for table, argument in zip(picked_from, arguments, strict=True):
            array = argument.array
            words += [address_of(table), table.strides[0], array.nbytes // size, address_of(array)]
        for source, array in given.items():
            words += [address_of(array), array.nbytes, address_of(self.results.arrays[source])]
        self._plan = np.array(words, np.int64)

    @property
    def done(self) -> int:
        """How many batches have run."""
        return int(self._plan[PLAN_DONE])

    def run(self, advance: Callable[[int], None]) -> None:
        """Run them, in pieces after which Ctrl-C is noticed and `advance` told how many ran."""
        plan, piece = address_of(self._plan), 1
        draws = self.replay.program.draws  # then no other thread of Python runs in a piece
        run = machine.run_batches_alone if draws else machine.run_batches
        try:
            while self.done < self.count:
                begun, started = self.done, perf_counter_ns()
                status = run(plan, min(begun + piece, self.count))
                if status:
                    self.replay.program.fail(status)
                taken = max(1, perf_counter_ns() - started)
                piece = max(1, min(2 * piece, piece * PIECE_NANOSECONDS // taken))
                advance(self.done - begun)
        finally:
            self._leave()

    def _leave(self) -> None:
        """Leave things as calls would have left them, also where one of them stopped."""
        self.replay.repeated(self._arrays, self.done)
        if self._plan[PLAN_STATUS]:
            reached = self.replay.program.reached
            self.replay.stopped(reached, self._arrays, self._arguments)


def native_batches(
    step: CompiledStep[..., Any],
    loader: DataLoader[Any],
    batches: Sequence[Sequence[int]],
    first: int,
    leading: tuple[Any, ...],
) -> NativeBatches | None:
    """Batches from the first on, made ready to run natively; None if a call has to do that one.

    `batches` are their indices, as many each; `leading` is what a call gets before its batch.
    """
    if observer() is not None or not any(map(repeats, step._replays)):
        return None
    picked_from = tables(loader)
    if not picked_from:
        return None
    arguments = [
        tensor_of(empty((len(batches[first]), *each.shape[1:]), each.dtype))
        for each in picked_from
    ]
    tensors, signature = describe((*leading, *arguments), {})
    for replay in [each for each in step._replays if each.signature == signature]:
        if not repeats(replay) or replay.verified < step.verify:
            return None
        arrays = replay.bind(tensors, signature)
        if arrays is None:
            continue
        rows = rows_of(loader, batches[first:], len(picked_from[0]))
        if rows is None:
            return None
        step._replays.remove(replay)
        step._replays.insert(0, replay)
        step._lost, step._last_change = 0, None
        return NativeBatches(replay, arrays, arguments, picked_from, rows)
    return None


def repeats(replay: Recorded | Replay | Declined) -> TypeGuard[Replay]:
    """Whether a replay is all native, and leaves things so that it is valid for the next batch."""
    if not isinstance(replay, Replay) or replay.with_gradient or replay.reached.contents:
        return False
    if not replay.program.in_one_piece:
        return False
    given = [gradient for gradient in replay.gradients if gradient.made is not None]
    sources = {gradient.made.source for gradient in given if gradient.made is not None}
    return (
        all(gradient.reusable for gradient in given)
        and {gradient.leaf for gradient in given}.isdisjoint(replay.without_gradient)
        and sources.isdisjoint(_sources(replay.result))
        and not any(isinstance(each, Argument | GradientOf) for each in _parts(replay.result))
    )


def _sources(template: Any) -> list[int]:
    """In which of a call's arrays its result lies."""
    fresh = [each for each in _parts(template) if isinstance(each, Fresh)]
    return list({each.source: None for each in fresh if 0 not in each.layout.shape})


def _parts(template: Any) -> Iterator[Any]:
    """What a result consists of, if it is taken apart down to its tensors."""
    if isinstance(template, Fresh | Argument | GradientOf):
        yield template
    elif isinstance(template, list | tuple):
        for each in template:
            yield from _parts(each)
    elif isinstance(template, dict):
        yield from _parts(list(template.values()))
    else:
        yield template
