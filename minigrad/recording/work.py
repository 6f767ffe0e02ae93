"""What does each instruction of a program work on, and how much work is that?

*Bytes* are the sizes of all operands that are arrays: what is read plus what is written; what is
changed in place counts once. At least so many have to move if an instruction looks at all of its
operands and finds none of them in the processor's caches.

*Floating-point operations* are what kernels declare (`kernels.flops`). How many an instruction
does that runs in Python is not known.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ..kernels.flops import count_flops
from ..kernels.kernel import Kernel
from .memory import Layout, Place, layout_of
from .program import Line, Moving, Program, PythonSegment


class Work(NamedTuple):
    """How much an instruction does."""

    nbytes: int
    flops: int | None  # None: not known


def works(program: Program) -> list[Work]:
    """Of each instruction how much it does."""
    return [_work(*each) for each in zip(program.lines, operands(program), strict=True)]


def operands(program: Program) -> list[tuple[Any, ...]]:
    """Of each instruction what it works on: arrays where they lie now, and other values.

    Where a call supplies the memory, that is a `Moving`. A kernel's operands are as it sees them.
    """
    relocations = program._relocations.reshape(-1, 3).tolist()
    places = {slot: Place(source, offset) for slot, source, offset in relocations}
    in_python = {
        each.position: each.operands
        for each in program.segments
        if isinstance(each, PythonSegment)
    }
    return [
        in_python[number] if number in in_python else _packed(program, number, places)
        for number in range(len(program.lines))
    ]


def _packed(program: Program, number: int, places: dict[int, Place]) -> tuple[Any, ...]:
    """The operands that a native instruction's slots hold."""
    line = program.lines[number]
    assert isinstance(line.kernel, Kernel)
    slots = int(program._slot_addresses[number])
    relocated = iter([places.get(slots + 8 * word) for word in line.kernel.address_words])
    found: list[Any] = []
    for operand in program._operands(number, line.kernel, line.dtype):
        place = next(relocated) if isinstance(operand, np.ndarray) else None
        found.append(operand if place is None else Moving(place, layout_of(operand)))
    return tuple(found)


def _work(line: Line, operands: tuple[Any, ...]) -> Work:
    flops = None
    if isinstance(line.kernel, Kernel):
        flops = count_flops(line.kernel, [_shaped(each) for each in operands])
    return Work(sum(map(_nbytes, operands)), flops)


def _shaped(operand: Any) -> Any:
    """In the place of memory that a call supplies, an array of its shape and of one element."""
    if isinstance(operand, Moving):
        return np.broadcast_to(np.zeros((), operand.layout.dtype), operand.layout.shape)
    return operand


def _nbytes(operand: Any) -> int:
    if isinstance(operand, Moving):
        return _extent_of(operand.layout)
    if isinstance(operand, np.ndarray):
        return _extent_of(layout_of(operand))
    return sum(map(_nbytes, operand)) if isinstance(operand, (tuple, list)) else 0


def _extent_of(layout: Layout) -> int:
    """The bytes of an array's elements; those that an expanded one repeats are there once."""
    if 0 in layout.shape:
        return 0
    apart = [n for n, step in zip(layout.shape, layout.strides, strict=True) if step]
    return layout.dtype.itemsize * math.prod(apart)
