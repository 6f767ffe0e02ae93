"""A program's instructions on memory of their own, where they can run again and again.

All that a program works on is copied, so that nothing of the user's changes: parameters, state of
optimisers, gradients, statistics, random generators. What a call would supply and nobody gives
is made up: numbers evenly drawn from [0, 1), zeros for integers.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ..kernels import machine, native
from ..kernels.kernel import Kernel
from ..launch import Array
from ..random import Generator
from .memory import ALIGNMENT, Layout, address_of, array_at, extent, layout_of
from .program import Moving, NativeSegment, Program
from .work import operands


class Workspace:
    """Copies of what a program works on, and its instructions there.

    Parameters
    ----------
    program : what is to be run
    given : arrays for its arguments; without any they are made up like what else a call supplies
    """

    def __init__(self, program: Program, given: Sequence[Array] = ()) -> None:
        self.program = program
        self._moving = [*given, *map(_made_up, program.sources[len(given) :])]
        self._generators: dict[Generator, Generator] = {}
        self._copy([program._memory.arena, *program._fixed, *self._moving])
        self.operands = [tuple(map(self._own, each)) for each in operands(program)]
        self._pack()
        self.run()
        self._settled = self.memory.copy()  # where every operand has a value that may be there

    def _copy(self, arrays: Sequence[Array]) -> None:
        """Copy the memory of arrays, each as far beyond a cache line's begin as it was."""
        spans = _joined([extent(each) for each in arrays if each.size])
        self._begins, self._ends = [begin for begin, _ in spans], [end for _, end in spans]
        places, used = [], 0
        for begin, end in spans:
            used += (begin - used) % ALIGNMENT
            places.append(used)
            used += end - begin
        whole = np.empty(used + ALIGNMENT, np.uint8)
        self.memory = whole[-address_of(whole) % ALIGNMENT :][:used]
        self._starts = [address_of(self.memory) + place for place in places]
        for start, (begin, end) in zip(self._starts, spans, strict=True):
            ctypes.memmove(start, begin, end - begin)

    def _own(self, operand: Any) -> Any:
        """The counterpart of an operand here."""
        if isinstance(operand, Moving):
            source = self._moving[operand.place.source or 0]
            operand = array_at(address_of(source) + operand.place.address, operand.layout)
        if isinstance(operand, np.ndarray):
            return self.copy_of(operand)
        if isinstance(operand, (tuple, list)):
            return type(operand)(map(self._own, operand))
        if isinstance(operand, Generator):
            if operand not in self._generators:
                self._generators[operand] = Generator().set_state(operand.get_state())
            return self._generators[operand]
        return operand

    def copy_of(self, array: Array) -> Array:
        """The counterpart of an array that the program works on or keeps."""
        if not array.size:
            return array
        begin, end = extent(array)
        found = bisect_right(self._begins, begin) - 1
        if found < 0 or end > self._ends[found]:
            raise RuntimeError("the program works on memory around a tensor that it keeps")
        moved = self._starts[found] - self._begins[found]
        return array_at(address_of(array) + moved, layout_of(array))

    def _pack(self) -> None:
        """Pack the operands of native instructions, as `Program` has packed the recorded ones."""
        packed = self.program._slots
        self._slots = packed.copy()  # with the entries in front
        moved = address_of(self._slots) - address_of(packed)
        self.functions = self.program._functions
        self.slots = self.program._slot_addresses + moved
        addresses = [address_of(self.functions), address_of(self.slots), 0]
        self._tables = np.array(addresses, np.int64)  # what `native.run` reads
        for number, line in enumerate(self.program.lines):
            if isinstance(line.kernel, Kernel):
                entry = line.kernel.entry(line.dtype)
                wrong = machine.pack(entry, id(self.operands[number]), int(self.slots[number]))
                assert wrong == 0

    def run(self) -> None:
        """Run all instructions once."""
        tables = address_of(self._tables)
        for segment in self.program.segments:
            if isinstance(segment, NativeSegment):
                status = machine.run(tables, segment.first, segment.last)
                if status:
                    self._fail(int(self._tables[native.TABLE_DONE]), status)
            else:
                segment.function(*self.operands[segment.position])

    def _fail(self, number: int, status: int) -> None:
        kernel = self.program.lines[number].kernel
        assert isinstance(kernel, Kernel)
        kernel.fail(status, self.operands[number])

    def restore(self) -> None:
        """Everything as it was after the first run."""
        self.memory[:] = self._settled

    def restore_written(self, number: int) -> None:
        """The same for what one instruction may write: of a Python function all there is."""
        kernel, given = self.program.lines[number].kernel, self.operands[number]
        written = [given[k] for k in kernel.writes] if isinstance(kernel, Kernel) else given
        for array in _arrays(written):
            begin, end = (each - address_of(self.memory) for each in extent(array))
            self.memory[begin:end] = self._settled[begin:end]


def _arrays(operands: Iterable[Any]) -> Iterator[Array]:
    """The arrays among operands that have elements, also those in tuples and lists."""
    for operand in operands:
        if isinstance(operand, (tuple, list)):
            yield from _arrays(operand)
        elif isinstance(operand, np.ndarray) and operand.size:
            yield operand


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of addresses, in order; those that touch or overlap are one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _made_up(layout: Layout) -> Array:
    """An array that a call could supply, with this shape and these strides."""
    shape, strides, dtype = layout
    if 0 in shape:
        return np.empty(shape, dtype)
    last = sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    memory = np.zeros(last + dtype.itemsize, np.uint8)
    array: Array = np.ndarray(shape, dtype, memory, 0, strides)  # no tensor has negative strides
    if dtype.kind == "f":
        array[...] = np.random.default_rng(0).random(shape)
    return array
