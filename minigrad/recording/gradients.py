"""The gradients that leaves have after a replay, and the memory of those they had before."""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter, is_
from sys import getrefcount
from typing import NamedTuple

from .. import structure
from ..launch import Array
from ..tensor import Tensor, tensor_of
from .memory import Layout, Place, address_of, array_at, layout_of
from .results import Fresh


class Gradient(NamedTuple):
    """The gradient that a leaf has after the step."""

    leaf: Tensor
    made: Fresh | None  # None: it has none
    reusable: bool  # whether last call's memory may serve again if nobody kept it


_probe = object()
# What getrefcount says, called this way, of an object that a name and a list hold.
HELD_TWICE = max(map(getrefcount, [_probe]))


class Assignment(NamedTuple):
    """A gradient that a leaf is given, after so many instructions; needed if the next fails."""

    position: int
    leaf: Tensor
    place: Place | None
    layout: Layout | None  # None: the leaf is left without a gradient
    bumps: list[int]  # after which instructions its version is counted up

    def make(self, reached: int, arrays: tuple[Array, ...]) -> None:
        if self.layout is None or self.place is None:
            self.leaf._grad = None
            return
        source, address = self.place
        start = 0 if source is None else address_of(arrays[source])
        gradient = tensor_of(array_at(start + address, self.layout).copy())
        gradient._version_cell[0] = sum(position <= reached for position in self.bumps)
        self.leaf._grad = gradient


class LastGradients:
    """The gradients of a replay, whose memory serves again unless somebody kept one.

    Somebody did if a tensor has more references than this list's and its leaf's, or an array
    more than this list's and its tensor's. All are counted in one go: it costs 1 µs for ten.
    """

    def __init__(self, gradients: list[Gradient], sources: int) -> None:
        self.gradients = gradients
        self.leaves = [gradient.leaf for gradient in gradients]
        self._tensors: list[Tensor] = []
        self._arrays: list[Array] = []
        self._versions: list[list[int]] = []
        self._counter = 0
        self._layouts = [gradient.made.layout for gradient in gradients if gradient.made]
        self._unchanged = [[gradient.made.version] for gradient in gradients if gradient.made]
        # Reused in one piece, so only if each gradient fills one of the last storages, in order.
        last = range(sources - len(gradients), sources)
        self._reusable = bool(gradients) and all(
            gradient.reusable and gradient.made is not None and gradient.made.source == source
            for gradient, source in zip(gradients, last, strict=True)
        )

    def arrays(self) -> list[Array]:
        """The memory of the last gradients, to be written again; none if somebody kept one."""
        if self._tensors and not self._unshared():
            self._tensors, self._arrays = [], []
        return self._arrays

    def _unshared(self) -> bool:
        return (
            self._counter == structure.counter  # or one may have got a hook, or a graph
            and self._versions == self._unchanged
            and all(map(is_, map(attrgetter("_grad"), self.leaves), self._tensors))
            and all(map(is_, map(attrgetter("array"), self._tensors), self._arrays))
            and all(map(is_, map(attrgetter("_grad"), self._tensors), repeat(None)))
            and list(map(layout_of, self._arrays)) == self._layouts
            and max(map(getrefcount, self._tensors)) == HELD_TWICE
            and max(map(getrefcount, self._arrays)) == HELD_TWICE
        )

    def kept(self) -> list[Array]:
        """The memory of the last gradients, if it is known that nobody kept one."""
        return self._arrays

    def watched(self) -> list[tuple[int, int, int, int]]:
        """Where leaf, gradient, its array and its version lie, of each that can be reused."""
        given = zip(self.leaves, self._tensors, self._arrays, self._versions, strict=False)
        return [(id(leaf), id(tensor), id(array), id(cell)) for leaf, tensor, array, cell in given]

    def assign(self, arrays: tuple[Array, ...]) -> None:
        """Give the leaves their gradients after a run on these arrays."""
        if self._tensors:  # they have them already: `arrays` saw to that
            return
        for leaf, made, _ in self.gradients:
            leaf._grad = None if made is None else made.make(arrays)
        if self._reusable:
            self._counter = structure.counter
            tensors = list(map(attrgetter("_grad"), self.leaves))
            self._versions = [each._version_cell for each in tensors]
            self._arrays = [arrays[gradient.made.source] for gradient in self.gradients]  # type: ignore[union-attr]
            self._tensors = tensors  # last: Ctrl-C may come in between
