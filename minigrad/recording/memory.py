"""Where the operands of a recorded step lie, and where they will lie in a replay.

While a step is recorded, every array keeps its memory, so an address says which *storage* an
operand belongs to. A storage is one of four kinds:

- an argument's, or the gradient's that a leaf had before: it may be elsewhere at each call;
- a kept tensor's (parameters, buffers, optimiser state): it stays where it is;
- made by the step and gone after it: it gets a place in the program's own *arena*, which serves
  others after the last instruction that needs it;
- made by the step and outliving it (results, new gradients): made anew at each call.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np

from ..kernels import machine
from ..launch import Array

ALIGNMENT = 64
NOTHING = np.empty(0, np.uint8)
FOREVER = 2**62  # of what no instruction uses by itself


class Place(NamedTuple):
    """Where an operand lies: at a fixed address, or in an array that each call supplies."""

    source: int | None  # position among the arrays of a call; None: fixed
    address: int  # absolute if fixed, else the offset from that array's first element


class Memory:
    """The storages of one recording."""

    def __init__(
        self,
        moving: Sequence[Array],
        fixed: Sequence[Array],
        made: Sequence[Array],
        escaping: Sequence[Array],
        lifetimes: Mapping[int, tuple[int, int]],
    ) -> None:
        """`moving` are arguments and gradients; `escaping` is part of `made`.

        `lifetimes` has the first and last instruction that uses an array, by its id.
        """
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._bases: list[int] = []  # what the storage's begin becomes
        self._sources: list[int] = []  # or -1
        outliving = {id(array): len(moving) + k for k, array in enumerate(escaping)}
        placed = [array for array in made if array.nbytes and id(array) not in outliving]
        offsets, size = arranged(placed, lifetimes)
        self.arena = np.empty(size + ALIGNMENT, np.uint8)
        start = _aligned(address_of(self.arena))
        for array, offset in zip(placed, offsets, strict=True):
            self._add(array, start + offset, None)
        for array in fixed:
            self._add(array, extent(array)[0], None)
        for position, array in enumerate(moving):
            self._add(array, extent(array)[0] - address_of(array), position)
        for array in escaping:
            self._add(array, 0, outliving[id(array)])
        begins, ends = np.array(self._begins, np.int64), np.array(self._ends, np.int64)
        order = np.lexsort((-ends, begins))
        # One within another is left out, so the last that begins before an address contains it.
        outside = np.ones(len(order), bool)
        outside[1:] = ends[order[1:]] > np.maximum.accumulate(ends[order])[:-1]
        order = order[outside]
        self._begin, self._end = begins[order], ends[order]
        self._base = np.array(self._bases, np.int64)[order]
        self._source = np.array(self._sources, np.int64)[order]
        self._sorted_begins: list[int] = self._begin.tolist()

    def _add(self, array: Array, base: int, source: int | None) -> None:
        begin, end = extent(array)
        if end > begin:
            self._begins.append(begin)
            self._ends.append(end)
            self._bases.append(base)
            self._sources.append(-1 if source is None else source)

    def locate(self, addresses: Array) -> tuple[Array, Array, Array]:
        """For each address: its source or -1, its new address or offset, whether it is known."""
        if not len(self._begin):
            return addresses * 0 - 1, addresses, addresses < 0
        found = np.searchsorted(self._begin, addresses, side="right") - 1
        known = (found >= 0) & (addresses < self._end[found])
        moved = self._base[found] + (addresses - self._begin[found])
        return self._source[found], moved, known

    def place(self, array: Array) -> Place | None:
        """Where one array will lie; None if its storage is unknown."""
        if not array.size:
            return Place(None, 0)
        begin = extent(array)[0]
        found = bisect_right(self._sorted_begins, begin) - 1
        if found < 0 or begin >= self._end[found]:
            return None
        source = int(self._source[found])
        moved = int(self._base[found]) - self._sorted_begins[found] + address_of(array)
        return Place(None if source < 0 else source, moved)


def arranged(
    arrays: Sequence[Array], lifetimes: Mapping[int, tuple[int, int]]
) -> tuple[list[int], int]:
    """Where in an arena arrays lie, and its size.

    In the order of first use, each takes the place of another of just its size whose last use is
    over, if there is one, and else a new place: in a network many arrays have one size.
    """
    offsets = [0] * len(arrays)
    size = 0
    free: defaultdict[int, list[int]] = defaultdict(list)  # by size: offsets
    in_use: list[tuple[int, int, int]] = []  # a heap: last use, size, offset
    born = [lifetimes.get(id(array), (0, FOREVER)) for array in arrays]
    for position in sorted(range(len(arrays)), key=lambda k: born[k][0]):
        first, last = born[position]
        while in_use and in_use[0][0] < first:
            _, done, offset = heappop(in_use)
            free[done].append(offset)
        needed = _aligned(arrays[position].nbytes)
        if free[needed]:
            offsets[position] = free[needed].pop()
        else:
            offsets[position] = size
            size += needed
        heappush(in_use, (last, needed, offsets[position]))
    return offsets, size


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


def address_of(array: Array) -> int:
    """The address of the first element."""
    return machine.data(id(array))


def extent(array: Array) -> tuple[int, int]:
    """The addresses between which an array's elements lie."""
    if array.flags.c_contiguous:
        begin = address_of(array)
        return begin, begin + array.nbytes
    low, high = np.lib.array_utils.byte_bounds(array)
    return int(low), int(high)


class Layout(NamedTuple):
    """How elements lie in memory: all of an array but its address."""

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: np.dtype[Any]


def layout_of(array: Array) -> Layout:
    return Layout(array.shape, array.strides, array.dtype)


class View:
    """Memory at an address, for NumPy to look at through its array interface."""

    def __init__(self, address: int, layout: Layout) -> None:
        self.__array_interface__: dict[str, Any] = {
            "data": (address, False),
            "shape": layout.shape,
            "strides": layout.strides,
            "typestr": layout.dtype.str,
            "version": 3,
        }


def array_at(address: int, layout: Layout) -> Array:
    """An array at an address. Keeps nothing alive."""
    if 0 in layout.shape:
        return without_elements(layout)
    return np.asarray(View(address, layout))


def without_elements(layout: Layout) -> Array:
    """An array that has none, but the strides that are asked for: `stride()` shows them."""
    return np.ndarray(layout.shape, layout.dtype, NOTHING, 0, layout.strides)
