"""A recorded step as threaded code: slots, addresses of kernels, and the loop over them.

`Program` is built from a recording and runs it again on new arguments. Its instructions lie in
*segments*: native ones are ranges that `native.run` walks through in one call, and in between
stand launches of Python functions. A long native run is cut in pieces of about 25 ms, because
Ctrl-C is only noticed between pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from ..kernels import machine, native, threads
from ..kernels.kernel import Kernel
from ..launch import Array
from ..random.launched import DRAWS
from ..site import Site
from .declined import UnsupportedError
from .memory import Layout, Memory, Place, address_of, array_at, extent, layout_of
from .recorder import Instruction, Recorder
from .stretches import Stretch, lifetimes_with, stretches

PIECE_NANOSECONDS = 25_000_000
# A native run that takes longer lets other threads of Python run meanwhile. To get Python's lock
# back takes some 10 µs if they do, so shorter ones keep it.
LONG_NANOSECONDS = 100_000


class NativeSegment(NamedTuple):
    """Instructions `first` to `last` - 1, run in one native call."""

    first: int
    last: int
    is_long: bool


class PythonSegment(NamedTuple):
    """One instruction that has no native kernel; moving operands are filled in at each call."""

    position: int
    function: Callable[..., Any]
    operands: tuple[Any, ...]


class Moving(NamedTuple):
    """An operand of a Python instruction in memory that each call supplies."""

    place: Place
    layout: Layout


class Line(NamedTuple):
    """What is known of an instruction when the recording is gone."""

    kernel: Callable[..., Any]
    dtype: Any  # of the first operand; None if that is no array
    shapes: tuple[tuple[int, ...], ...]
    nanoseconds: int
    site: Site


class Program:
    """What a recording became.

    Parameters
    ----------
    recorder : what ran
    moving : arrays that each call supplies first: arguments, then gradients that leaves had
    arguments : how many of them are arguments
    fixed : arrays that stay where they are
    escaping : arrays that the step made and that outlive it; each call supplies them last
    """

    def __init__(
        self,
        recorder: Recorder,
        moving: Sequence[Array],
        arguments: int,
        fixed: Sequence[Array],
        escaping: Sequence[Array],
    ) -> None:
        self.arguments = arguments
        self.sources = [layout_of(each) for each in (*moving, *escaping)]  # of what calls supply
        self._fixed = list(fixed)  # kept alive
        instructions = recorder.instructions
        found = list(stretches(instructions))
        if found and not all(threads.halver()):
            found = []
        self.halved = [(each.first, each.last) for each in found]
        totals = [each for stretch in found for each in stretch.totals]
        lasting = [*fixed, *totals]
        lifetimes = lifetimes_with(recorder.lifetimes, found)
        self._memory = Memory(moving, lasting, recorder.allocations, escaping, lifetimes)
        self._pack([*instructions, *chain.from_iterable(each.instead() for each in found)])
        self._begin(len(instructions), found)
        self._kept += totals
        self._plan(moving[:arguments], fixed, len(moving) + len(escaping))
        self.draws = any(each.kernel in DRAWS for each in instructions)
        self.in_one_piece = bool(instructions)  # all native, and soon done
        self.segments = self._cut(instructions)
        self.lines = [_line(each) for each in instructions]

    def _pack(self, instructions: Sequence[Instruction]) -> None:
        """Pack the operands of native instructions, and move their addresses."""
        kernels = [each.kernel for each in instructions if isinstance(each.kernel, Kernel)]
        # In front of each instruction's slots stands its kernel's entry, for `kernels.parts`.
        words = sum(1 + each.packed_words for each in kernels)
        self._slots = np.zeros(words, np.int64)
        start = address_of(self._slots)
        functions, slots, positions, owners = [], [], [], []
        used = 0
        for instruction in instructions:
            kernel, operands = instruction.kernel, instruction.operands
            slots.append(start + 8 * (used + 1))
            if not isinstance(kernel, Kernel):
                functions.append(0)
                continue
            dtype = operands[0].dtype
            self._slots[used] = entry = kernel.entry(dtype)
            used += 1
            machine.pack(entry, id(operands), start + 8 * used)
            functions.append(kernel.address_for(operands))
            arrays = [each for each in operands if isinstance(each, np.ndarray)]
            for word, array in zip(kernel.address_words, arrays, strict=True):
                if array.size:
                    positions.append(used + word)
                    owners.append(instruction)
            used += kernel.packed_words
        self._functions = np.array(functions, np.int64)
        self._slot_addresses = np.array(slots, np.int64)
        self._move(np.array(positions, np.int64), owners)

    def _begin(self, position: int, found: Sequence[Stretch]) -> None:
        """Note what `native.run` reads. Halves of stretches are packed from a position on.

        In the place of a stretch's first kernel stands what does these.
        """
        whole = [address_of(self._functions), address_of(self._slot_addresses), 0]
        functions, slots = self._functions, self._slot_addresses
        if found:
            functions, slots = functions.copy(), slots.copy()
        self._kept: list[Array] = [functions, slots]
        for stretch in found:
            run_halves, run_half = threads.halver()
            words = stretch.words(whole, position, run_half)
            functions[stretch.first], slots[stretch.first] = run_halves, address_of(words)
            self._kept.append(words)
            position += len(stretch.instead())
        # The last word is where it notes how far it has come.
        self._tables = np.array([address_of(functions), address_of(slots), 0], np.int64)
        self.tables = address_of(self._tables)

    def _move(self, positions: Array, owners: Sequence[Instruction]) -> None:
        """Replace addresses in slots by those in a replay, or note that they must be relocated."""
        sources, moved, known = self._memory.locate(self._slots[positions])
        if not known.all():
            raise UnsupportedError(_unlocated(owners[int(np.flatnonzero(~known)[0])]))
        fixed, relocated = sources < 0, sources >= 0
        self._slots[positions[fixed]] = moved[fixed]
        slots = address_of(self._slots) + 8 * positions[relocated]
        self._relocations = np.stack([slots, sources[relocated], moved[relocated]], axis=1).ravel()

    def _plan(self, arguments: Sequence[Array], fixed: Sequence[Array], sources: int) -> None:
        """What `native.relocate` reads: how memory is shared, and what to relocate."""
        count = len(arguments)
        spans = [extent(array) for array in arguments]
        starts = [address_of(array) for array in arguments]
        distances = np.full((count, count), native.APART, np.int64)
        extents: list[int] = []
        for i, (begin, end) in enumerate(spans):
            extents += [begin - starts[i], end - starts[i]]
            for j in range(i):
                if begin < spans[j][1] and spans[j][0] < end:
                    distances[i, j] = starts[j] - starts[i]
        ranges = [bound for array in fixed if array.size for bound in extent(array)]
        self.addresses = np.zeros(sources, np.int64)  # of a call's arrays
        header = [count, len(ranges) // 2, len(self._relocations) // 3]
        header.append(address_of(self.addresses))
        parts = [header, extents, distances.reshape(-1), ranges, self._relocations]
        self._words = np.concatenate([np.array(part, np.int64) for part in parts])
        self.binding = address_of(self._words)

    def _cut(self, instructions: Sequence[Instruction]) -> list[NativeSegment | PythonSegment]:
        segments: list[NativeSegment | PythonSegment] = []
        first, spent = 0, 0
        taken = sum(each.nanoseconds for each in instructions)
        inside = {k for begin, end in self.halved for k in range(begin + 1, end)}
        for number, instruction in enumerate(instructions):
            is_native = isinstance(instruction.kernel, Kernel)
            is_long = spent > PIECE_NANOSECONDS and number not in inside
            self.in_one_piece = self.in_one_piece and is_native and not is_long
            draws = taken > LONG_NANOSECONDS and instruction.kernel in DRAWS
            if (not is_native or is_long or draws) and first < number:
                segments.append(NativeSegment(first, number, spent > LONG_NANOSECONDS))
                first, spent = number, 0
            if draws:  # alone, as Python's lock keeps others from the generator meanwhile
                segments.append(NativeSegment(number, number + 1, False))
                first, spent = number + 1, 0
                continue
            if not is_native:
                operands = tuple(self._operand(each, instruction) for each in instruction.operands)
                segments.append(PythonSegment(number, instruction.kernel, operands))
                first, spent = number + 1, 0
                continue
            spent += instruction.nanoseconds
        if first < len(instructions):
            segments.append(NativeSegment(first, len(instructions), spent > LONG_NANOSECONDS))
        return segments

    def _operand(self, operand: Any, instruction: Instruction) -> Any:
        """An operand of a Python instruction, with arrays moved to where they will be."""
        if isinstance(operand, (tuple, list)):
            return type(operand)(self._operand(each, instruction) for each in operand)
        if not isinstance(operand, np.ndarray):
            return operand
        place = self._memory.place(operand)
        if place is None:
            raise UnsupportedError(_unlocated(instruction))
        if place.source is None:
            return array_at(place.address, layout_of(operand))
        return Moving(place, layout_of(operand))

    def binds(self, arrays: tuple[Array, ...]) -> bool:
        """Point the program at the arrays of one call. False: they share memory differently."""
        return machine.bind(id(arrays), self.binding) == 0

    def run(self, arrays: tuple[Array, ...]) -> None:
        """Run all instructions on arrays that `binds` has accepted.

        An exception carries, as `instruction`, the number of instructions that had run.
        """
        self._tables[native.TABLE_DONE] = 0
        try:
            for segment in self.segments:
                if isinstance(segment, NativeSegment):
                    run = machine.run if segment.is_long else machine.run_briefly
                    status = run(self.tables, segment.first, segment.last)
                    if status:
                        self.fail(status)
                else:
                    segment.function(*[_filled(each, arrays) for each in segment.operands])
                    self._tables[native.TABLE_DONE] = segment.position + 1
        except BaseException as error:
            # Noted in memory, so that Ctrl-C tells it too, which Python sees after a native call.
            error.instruction = self.reached  # type: ignore[attr-defined]
            raise

    @property
    def reached(self) -> int:
        """How many instructions have run: when one failed, those before it."""
        return int(self._tables[native.TABLE_DONE])

    def fail(self, status: int) -> None:
        """Raise what the status of the instruction that was reached means."""
        number = self.reached
        line = self.lines[number]
        assert isinstance(line.kernel, Kernel)
        try:
            line.kernel.fail(status, self._operands(number, line.kernel, line.dtype))
        except Exception as error:
            error.add_note(f"in instruction {number} of a replay, from {line.site}")
            raise

    def _operands(self, number: int, kernel: Kernel, dtype: np.dtype[Any]) -> list[Any]:
        """What a native instruction's slots hold now; arrays that are seen flat are flat."""
        found: list[Any] = []
        word = (int(self._slot_addresses[number]) - address_of(self._slots)) // 8
        for operand in kernel.operands:
            if operand.ndim == native.SCALAR:
                found.append(self._slots[word : word + 1].view(np.float64).item())
                word += 1
                continue
            address, *shape = self._slots[word : word + 1 + abs(operand.ndim)].tolist()
            layout = layout_of(np.empty(shape, operand.dtype or dtype))
            found.append(array_at(address, layout))
            word += 1 + len(shape)
        return found

    def place_of(self, array: Array) -> Place | None:
        """Where an array of the recording lies in a replay; None if that is unknown."""
        return self._memory.place(array)


def _unlocated(instruction: Instruction) -> str:
    return f"{instruction.site} works on memory that has moved meanwhile"


def _line(instruction: Instruction) -> Line:
    arrays = [each for each in instruction.operands if isinstance(each, np.ndarray)]
    shapes = tuple(each.shape for each in arrays)
    dtype = getattr(instruction.operands[0], "dtype", None) if instruction.operands else None
    return Line(instruction.kernel, dtype, shapes, instruction.nanoseconds, instruction.site)


def _filled(operand: Any, arrays: tuple[Array, ...]) -> Any:
    if isinstance(operand, Moving):
        source = arrays[operand.place.source or 0]
        return array_at(address_of(source) + operand.place.address, operand.layout)
    if type(operand) in (tuple, list):
        return type(operand)(_filled(each, arrays) for each in operand)
    return operand
