"""One recording of a step, ready to run again: its program, and what happens around it.

Around the native loop a replay does what Python did in the eager run: it supplies memory for
what outlives the call, gives leaves their gradients, counts versions, and makes the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter, is_
from sys import getrefcount
from typing import Any, NamedTuple

import numpy as np

from .. import saved
from ..autograd import Node
from ..launch import Array, empty
from ..tensor import Tensor
from .guards import Reached
from .memory import Layout, Place, address_of, extent, layout_of
from .program import Program
from .recorder import Recorder
from .signature import Signature


class Declined:
    """A way of calling the step that is not replayed, and why."""

    verified = 0

    def __init__(self, reached: Reached, signature: Signature, reason: str) -> None:
        self.reached = reached
        self.signature = signature
        self.reason = reason

    def bind(self, tensors: list[Tensor], signature: Signature) -> tuple[Array, ...] | None:
        return () if signature == self.signature and self.reached.unchanged() else None

    def __str__(self) -> str:
        return f"runs eagerly: {self.reason}"


class WalkedNode(Node):
    """The place in the graph of all results of a replay whose backward has been."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        super().__init__(())
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def backward(self, grad: Tensor) -> Any:
        raise RuntimeError(saved.FREED)


class Fresh(NamedTuple):
    """A tensor that a call makes anew, in memory that outlives it."""

    source: int  # position among the arrays of a call
    offset: int  # in bytes
    layout: Layout
    whole: bool  # all of that memory, as it lies
    requires_grad: bool
    node: WalkedNode | None

    def make(self, arrays: tuple[Array, ...]) -> Tensor:
        array = arrays[self.source]
        if not self.whole:
            shape, strides, dtype = self.layout
            array = np.ndarray(shape, dtype, array, self.offset, strides)
        tensor = Tensor(array, self.requires_grad)
        tensor._node = self.node
        return tensor


class Argument(NamedTuple):
    """A result that is one of the arguments itself."""

    position: int


class Gradient(NamedTuple):
    """The gradient that a leaf has after the step."""

    leaf: Tensor
    made: Fresh | None  # None: it has none
    reusable: bool  # whether last call's memory may serve again if nobody kept it


_probe = object()
# What getrefcount says, called this way, of an object that a name and a list hold.
HELD_TWICE = max(map(getrefcount, [_probe]))


class LastGradients:
    """The gradients of a replay, whose memory serves again unless somebody kept one.

    Somebody did if a tensor has more references than this list's and its leaf's, or an array
    more than this list's and its tensor's. All are counted in one go: it costs 1 µs for ten.
    """

    def __init__(self, gradients: list[Gradient], sources: int) -> None:
        self.gradients = gradients
        self.leaves = [gradient.leaf for gradient in gradients]
        self._tensors: list[Tensor | None] = []
        self._arrays: list[Array] = []
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
            all(map(is_, map(attrgetter("_grad"), self.leaves), self._tensors))
            and max(map(getrefcount, self._tensors)) == HELD_TWICE
            and max(map(getrefcount, self._arrays)) == HELD_TWICE
        )

    def assign(self, arrays: tuple[Array, ...]) -> None:
        """Give the leaves their gradients after a run on these arrays."""
        if self._tensors:  # they have them already: `arrays` saw to that
            return
        for leaf, made, _ in self.gradients:
            leaf._grad = None if made is None else made.make(arrays)
        if self._reusable:
            self._tensors = list(map(attrgetter("_grad"), self.leaves))
            self._arrays = [arrays[gradient.made.source] for gradient in self.gradients]  # type: ignore[union-attr]


class UnsupportedError(Exception):
    """A reason to run a step eagerly."""


class Replay:
    """A recorded step with its guards and effects; built by `Replay.of`."""

    verified = 0

    @staticmethod
    def of(
        recorder: Recorder,
        reached: Reached,
        tensors: list[Tensor],
        signature: Signature,
        result: Any,
    ) -> Replay | Declined:
        """What a recording became; `Declined` if it cannot be replayed faithfully."""
        try:
            return Replay(recorder, reached, tensors, signature, result)
        except UnsupportedError as reason:
            return Declined(reached, signature, str(reason))

    def __init__(
        self,
        recorder: Recorder,
        reached: Reached,
        tensors: list[Tensor],
        signature: Signature,
        result: Any,
    ) -> None:
        self.reached = reached
        self.signature = signature
        self.refreshers = list(dict.fromkeys(recorder.refreshers))
        self.without_gradient = [
            leaf for leaf, known in recorder.gradients_read.items() if known is None
        ]
        self.with_gradient = [
            (leaf, layout_of(known.array))
            for leaf, known in recorder.gradients_read.items()
            if known is not None
        ]
        known = [each for each in recorder.gradients_read.values() if each is not None]
        moving = [each.array for each in [*tensors, *known]]
        kept, settings = reached.kept()
        fixed = [*[each.array for each in kept], *settings]
        self._check_overlap(moving, fixed)
        leaves = recorder.gradients_assigned
        outliving = [leaf._grad for leaf in leaves if leaf._grad is not None]
        results = [each for each in _tensors_in(result) if _is_made(each, tensors, kept)]
        escaping = _storages([*results, *outliving], recorder.allocations)
        self.first_fresh = len(moving)
        self.program = Program(recorder, moving, len(tensors), fixed, escaping)
        self.layouts = [(each.shape, each.dtype) for each in escaping]
        self.result = self._template(result, tensors, kept)
        self._simple = isinstance(self.result, Fresh)
        self.gradients = [self._gradient(leaf, recorder) for leaf in leaves]
        self._last = LastGradients(self.gradients, self.first_fresh + len(self.layouts))
        self._note_effects(recorder, tensors, known, kept)

    @staticmethod
    def _check_overlap(moving: list[Array], fixed: list[Array]) -> None:
        spans = [extent(array) for array in fixed if array.size]
        for array in moving:
            begin, end = extent(array)
            if any(begin < other[1] and other[0] < end for other in spans):
                raise UnsupportedError("an argument shares memory with a parameter or with state")

    def _fresh(self, tensor: Tensor) -> Fresh:
        """How a call makes the counterpart of a tensor that the recording made."""
        array, node = tensor.array, tensor._node
        if node is not None and not node.walked:
            raise UnsupportedError(
                "it gives a tensor whose graph has not been walked: call backward() inside"
            )
        place = self.program.place_of(array) if array.size else Place(self.first_fresh, 0)
        if place is None or place.source is None or place.source < self.first_fresh:
            raise UnsupportedError("it gives a view of an argument or of a kept tensor")
        whole = place.address == 0 and array.flags.c_contiguous
        if array.size:
            shape, dtype = self.layouts[place.source - self.first_fresh]
            whole = whole and shape == array.shape and dtype == array.dtype
        walked = None if node is None else WalkedNode(node.name)
        layout = layout_of(array)
        return Fresh(place.source, place.address, layout, whole, tensor._requires_grad, walked)

    def _template(self, value: Any, tensors: list[Tensor], kept: list[Tensor]) -> Any:
        if isinstance(value, Tensor):
            for position, argument in enumerate(tensors):
                if argument is value:
                    return Argument(position)
            return value if any(each is value for each in kept) else self._fresh(value)
        if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
            return type(value)(self._template(each, tensors, kept) for each in value)
        if type(value) is dict:
            return {key: self._template(each, tensors, kept) for key, each in value.items()}
        return value

    def _gradient(self, leaf: Tensor, recorder: Recorder) -> Gradient:
        if leaf._grad is None:
            return Gradient(leaf, None, False)
        made = self._fresh(leaf._grad)
        reusable = made.whole and recorder.gradients_read.get(leaf) is None
        return Gradient(leaf, made, reusable)

    def _note_effects(
        self, recorder: Recorder, tensors: list[Tensor], known: list[Tensor], kept: list[Tensor]
    ) -> None:
        """Which version counters a call bumps, and after which instruction."""
        arguments = {id(each._version_cell): k for k, each in enumerate([*tensors, *known])}
        cells = {id(each._version_cell): each._version_cell for each in kept}
        self.bumped_kept: list[tuple[int, list[int]]] = []
        self.bumped_moving: list[tuple[int, int]] = []
        self.cleared: list[tuple[int, Tensor]] = []
        for effect in recorder.effects:
            cell = id(effect.tensor._version_cell)
            if effect.is_gradient:
                self.cleared.append((effect.position, effect.tensor))
            elif cell in arguments:
                self.bumped_moving.append((effect.position, arguments[cell]))
            elif cell in cells:
                self.bumped_kept.append((effect.position, cells[cell]))
        self.cells = [cell for _, cell in self.bumped_kept]

    def bind(self, tensors: list[Tensor], signature: Signature) -> tuple[Array, ...] | None:
        """The arrays of a call, if this recording is valid for it."""
        if signature != self.signature:
            return None
        for refresh in self.refreshers:
            refresh()
        if not self.reached.unchanged():
            return None
        for leaf in self.without_gradient:
            if leaf._grad is not None:
                return None
        arrays = [each.array for each in tensors]
        for leaf, layout in self.with_gradient:
            if leaf._grad is None or layout_of(leaf._grad.array) != layout:
                return None
            arrays.append(leaf._grad.array)
        reused = self._last.arrays()
        for shape, dtype in self.layouts[: len(self.layouts) - len(reused)]:
            arrays.append(empty(shape, dtype))
        bound = (*arrays, *reused)
        return bound if self.program.binds(bound) else None

    def run(self, arrays: tuple[Array, ...], tensors: list[Tensor]) -> Any:
        """Run the step on arrays that `bind` gave."""
        try:
            self.program.run(arrays)
        except BaseException as error:
            self._stopped(getattr(error, "instruction", 0), tensors)
            raise
        self._last.assign(arrays)
        for cell in self.cells:
            cell[0] += 1
        if self.bumped_moving:
            self._bump_moving(len(self.program.lines), tensors)
        if self._simple:
            return self.result.make(arrays)
        return _made(self.result, arrays, tensors)

    def _stopped(self, reached: int, tensors: list[Tensor]) -> None:
        """Leave things as eager would have left them after so many instructions."""
        for position, cell in self.bumped_kept:
            if position <= reached:
                cell[0] += 1
        self._bump_moving(reached, tensors)
        for position, leaf in self.cleared:
            if position <= reached:
                leaf._grad = None

    def _bump_moving(self, reached: int, tensors: list[Tensor]) -> None:
        for position, argument in self.bumped_moving:
            if position > reached:
                continue
            if argument < len(tensors):
                tensors[argument]._version_cell[0] += 1
            else:
                gradient = self.with_gradient[argument - len(tensors)][0]._grad
                if gradient is not None:
                    gradient._version_cell[0] += 1

    def __str__(self) -> str:
        from .listing import text

        return text(self.program)


def _tensors_in(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _tensors_in(each)
    elif isinstance(value, dict):
        yield from _tensors_in(list(value.values()))


def _is_made(tensor: Tensor, tensors: list[Tensor], kept: list[Tensor]) -> bool:
    return not any(each is tensor for each in [*tensors, *kept])


def _storages(outliving: list[Tensor], allocations: list[Array]) -> list[Array]:
    """The allocations in which tensors lie that outlive the step."""
    found: dict[int, Array] = {}
    spans = [(extent(array), array) for array in allocations if array.size]
    for tensor in outliving:
        address = address_of(tensor.array)
        for (begin, end), array in spans:
            if begin <= address < end:
                found[id(array)] = array
    return list(found.values())


def _made(template: Any, arrays: tuple[Array, ...], tensors: list[Tensor]) -> Any:
    """The result of a call from its template."""
    if isinstance(template, Fresh):
        return template.make(arrays)
    if isinstance(template, Argument):
        return tensors[template.position]
    if type(template) in (list, tuple):
        return type(template)(_made(each, arrays, tensors) for each in template)
    if type(template) is dict:
        return {key: _made(each, arrays, tensors) for key, each in template.items()}
    return template
