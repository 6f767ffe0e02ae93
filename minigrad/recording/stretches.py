"""Which instructions in a row can two threads do by halves of a batch?

`kernels.halves` says how, and kernels say which of their operands have a row for each of the
batch; those of kernels that work on each element by itself have, if their first dimension says so.
A stretch goes on until an instruction comes that needs the other half: a loss, BatchNorm.

Halves run ahead of each other. So in a stretch memory must be of one kind only: it is divided into
rows, always in the same way; or both halves read it, and nobody writes it; or it is a sum over
rows, which nobody reads before the end.
"""

from __future__ import annotations

import inspect
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, compress
from typing import Any, NamedTuple

import numpy as np

from ..kernels.flops import count_flops
from ..kernels.halves import GRAIN, half_of
from ..kernels.kernel import Kernel, Operand
from ..launch import Array
from ..site import Site
from .memory import extent
from .recorder import Instruction

DIVIDED, READ, SUM = range(3)  # kinds of memory
OTHER = -1, -1, True  # what is known of memory that is in part another's
# Floating-point operations of a stretch. On two cores of an AMD EPYC with AVX2 a step of four
# layers of 64 at batch 64, whose backward has as many, takes 142 µs by halves and otherwise 95; of
# three at batch 128, whose backward has 6 million, 141 and 155; of two at batch 256, 163 and 207.
LEAST = 1 << 22


class Stretch(NamedTuple):
    """Instructions `first` to `last` - 1, and what is done instead of them."""

    first: int
    last: int
    halves: tuple[list[Instruction], list[Instruction]]
    joining: list[Instruction]
    totals: list[Array]  # memory for the sums of halves
    lasting: list[Array]  # what must be there until the end

    def instead(self) -> list[Instruction]:
        """The instructions of both halves, and those that join them."""
        return [*self.halves[0], *self.halves[1], *self.joining]

    def words(self, tables: Sequence[int], position: int, run_half: int) -> Array:
        """What `run_halves` reads, if in a program's tables they begin at a position."""
        ends = accumulate(map(len, [*self.halves, self.joining]), initial=position)
        return np.array([*tables, run_half, self.first, self.last, *ends], np.int64)


def stretches(instructions: Sequence[Instruction]) -> Iterator[Stretch]:
    """The stretches of a step that are long enough."""
    position = 0
    while position < len(instructions):
        rows = _rows(instructions[position])
        position += 1
        if not rows:
            continue
        first, building = position - 1, _Building(rows)
        if not building.takes(instructions[first]):  # its operands share memory
            continue
        while position < len(instructions) and building.takes(instructions[position]):
            position += 1
        if building.flops >= LEAST:
            yield building.stretch(first, position)


def lifetimes_with(
    lifetimes: Mapping[int, tuple[int, int]], found: Sequence[Stretch]
) -> Mapping[int, tuple[int, int]]:
    """First and last uses of arrays, if what must be there until a stretch ends is."""
    longer = dict(lifetimes)
    for stretch in found:
        for array in stretch.lasting:
            owner: Any = array
            while isinstance(owner, np.ndarray):
                first, last = longer.get(id(owner), (stretch.first, 0))
                longer[id(owner)] = min(first, stretch.first), max(last, stretch.last - 1)
                owner = owner.base
    return longer


def _rows(instruction: Instruction) -> int:
    """How many rows the batch has of which an instruction is done by halves; 0 if it is not."""
    kernel, operands = instruction.kernel, instruction.operands
    if not isinstance(kernel, Kernel) or kernel.by_rows is None:
        return 0
    named = dict(zip(kernel.parameters, operands, strict=True))
    rows = int(named[kernel.by_rows.rows[0]].shape[0])
    looked_at = inspect.signature(kernel.by_rows.is_for).parameters
    if rows < 2 * GRAIN or not kernel.by_rows.is_for(*[named[name] for name in looked_at]):
        return 0
    return rows


class _Taken(NamedTuple):
    """An instruction of a stretch, with the kind of each operand's memory."""

    kernel: Kernel
    operands: tuple[Any, ...]
    kinds: list[int]
    site: Site

    def of_kind(self, kind: int) -> list[Any]:
        """The arrays whose memory is of a kind."""
        arrays = zip(self.operands, self.kinds, strict=True)
        return [each for each, own in arrays if own == kind and isinstance(each, np.ndarray)]


class _Building:
    """A stretch on a batch of so many rows, as far as it is known."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.flops = 0
        self._taken: list[_Taken] = []
        self._begins: list[int] = []
        self._memory: dict[int, tuple[int, int, bool]] = {}  # begin: end, kind, whether written

    def takes(self, instruction: Instruction) -> bool:
        """Add an instruction, if it can be done by halves after those that are there."""
        kernel, operands = instruction.kernel, instruction.operands
        kinds = self._kinds(instruction)
        if kinds is None or not isinstance(kernel, Kernel):
            return False
        added: dict[int, tuple[int, int, bool]] = {}
        for position, (operand, kind) in enumerate(zip(operands, kinds, strict=True)):
            if not isinstance(operand, np.ndarray) or not operand.size:
                continue
            begin, end = extent(operand)
            is_written = position in kernel.writes
            known = added.get(begin) or self._known(begin, end)
            if known is not None:
                if known[:2] != (end, kind) or kind == SUM:
                    return False
                is_written = is_written or known[2]
            if is_written and kind == READ:
                return False
            added[begin] = end, kind, is_written
        for begin in added.keys() - self._memory.keys():
            insort(self._begins, begin)
        self._memory.update(added)
        self._taken.append(_Taken(kernel, operands, kinds, instruction.site))
        self.flops += count_flops(kernel, operands) or 0
        return True

    def _known(self, begin: int, end: int) -> tuple[int, int, bool] | None:
        """What is known of memory that overlaps this."""
        at = bisect_right(self._begins, begin)
        if at and self._memory[self._begins[at - 1]][0] > begin:
            return self._memory[self._begins[at - 1]] if self._begins[at - 1] == begin else OTHER
        return OTHER if at < len(self._begins) and self._begins[at] < end else None

    def _kinds(self, instruction: Instruction) -> list[int] | None:
        """Of which kind the memory of each operand is; None if halves are not possible."""
        kernel, operands = instruction.kernel, instruction.operands
        if not isinstance(kernel, Kernel):
            return None
        if kernel.by_rows is not None:
            by_rows = kernel.by_rows
            kinds = dict.fromkeys(by_rows.rows, DIVIDED) | dict.fromkeys(by_rows.totals, SUM)
            is_one = _rows(instruction) == self.rows
            return [kinds.get(name, READ) for name in kernel.parameters] if is_one else None
        if not kernel.elementwise or kernel.returns_status:
            return None
        size = operands[kernel.writes[0]].size
        whole = [isinstance(each, np.ndarray) and each.size == size for each in operands]
        if any(each.shape[:1] != (self.rows,) for each in compress(operands, whole)):
            return None
        return [DIVIDED if each else READ for each in whole]

    def stretch(self, first: int, last: int) -> Stretch:
        halves: tuple[list[Instruction], list[Instruction]] = [], []
        joining: list[Instruction] = []
        totals: list[Array] = []
        for taken in self._taken:
            by_rows = taken.kernel.by_rows
            kernel = by_rows.half if by_rows and by_rows.half else taken.kernel
            own: list[Array] = []
            for half, instructions in enumerate(halves):
                given = [
                    self._half(*each, half)
                    for each in zip(kernel.operands, *taken[1:3], strict=True)
                ]
                own += compress(given, [kind == SUM for kind in taken.kinds])
                instructions.append(Instruction(kernel, tuple(given), 0, taken.site))
            if by_rows and by_rows.joining:
                joined = (*own, *taken.of_kind(SUM))
                joining.append(Instruction(by_rows.joining, joined, 0, taken.site))
            totals += own
        lasting = [each for taken in self._taken for each in taken.of_kind(READ)]
        lasting += [each for taken in self._taken for each in taken.of_kind(SUM)]
        return Stretch(first, last, halves, joining, totals, lasting)

    def _half(self, described: Operand, operand: Any, kind: int, half: int) -> Any:
        """An operand of one half: its rows, memory for its sum, or what both read."""
        if kind == DIVIDED and operand.size:
            middle = half_of.py_func(self.rows)
            return operand[middle:] if half else operand[:middle]
        return np.zeros_like(operand, described.dtype) if kind == SUM else operand
