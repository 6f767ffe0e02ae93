"""One recording of a step, ready to run again: its program, and what happens around it.

Around the native loop a replay does what Python did in the eager run: it supplies memory for
what outlives the call, gives leaves their gradients, counts versions, and makes the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import devices, dtypes, layouts
from ..launch import Array, empty
from ..tensor import Size, Tensor
from .declined import Declined, PassingError, UnsupportedError, refuse_overlap
from .gradients import Assignment, Gradient, LastGradients
from .memory import Place, layout_of
from .outliving import is_made, lasting_leaves, storages
from .program import Program
from .recorded import Recorded, tensors_in
from .recorder import Effect, Recorder
from .results import Argument, Fresh, GradientOf, WalkedNode, is_named, made, rebuilt
from .signature import Signature
from .walk import PLAIN
from .watch import Watch, can_watch

if TYPE_CHECKING:
    from .profile import Profile

MISSED = object()  # what is given instead of a result
CONSTANT = (*PLAIN, Size, dtypes.dtype, devices.device, layouts.layout)


class Replay:
    """A recorded step with its guards and effects; built by `Replay.of`."""

    verified = 0
    _watch: Watch | None = None
    _misses = 0  # how often the short way was of no use
    _made: Sequence[Any] = ()  # shapes and dtypes of what the short way has to make anew

    @staticmethod
    def of(recorded: Recorded) -> Replay | Declined:
        """What a recording becomes; `Declined` if it cannot be replayed faithfully."""
        now = {leaf: leaf._grad for leaf in recorded.gradients}
        try:
            for leaf, gradient in recorded.gradients.items():
                leaf._grad = gradient
            return Replay(recorded)
        except UnsupportedError as reason:
            return Declined(recorded.reached, recorded.signature, str(reason))
        finally:
            for leaf, gradient in now.items():
                leaf._grad = gradient

    def __init__(self, recorded: Recorded) -> None:
        recorder, reached, tensors = recorded.recorder, recorded.reached, recorded.tensors
        signature, result = recorded.signature, recorded.result
        self._outcomes = recorded.outcomes
        self.reached = reached
        reached.keep_structure()
        self.signature = signature
        self.refreshers = list(dict.fromkeys(recorder.refreshers))
        read, leaves = lasting_leaves(recorder, reached, tensors)
        self.without_gradient = [leaf for leaf, known in read.items() if known is None]
        self.with_gradient = [
            (leaf, layout_of(known.array)) for leaf, known in read.items() if known is not None
        ]
        self._leaves = {*read, *leaves}
        self._given: set[int] = set()  # version cells of the tensors that a call makes
        known = [each for each in read.values() if each is not None]
        if any(each._requires_grad for each in known):
            raise PassingError("a gradient that requires a gradient")
        moving = [*recorded.arrays, *[each.array for each in known]]
        kept, settings = reached.kept()
        fixed = [*[each.array for each in kept], *settings, *recorder.streams.memory()]
        recorder.check_known([*recorded.arrays, *fixed])
        refuse_overlap(moving, fixed)
        for position, gradient in enumerate(known, len(tensors)):
            refuse_overlap([gradient.array], moving[:position])
        outliving = [leaf._grad for leaf in leaves if leaf._grad is not None]
        results = [each for each in tensors_in(result) if is_made(each, tensors, kept)]
        lasting = [self._outcomes[id(each)].array for each in [*results, *outliving]]
        escaping = storages(lasting, recorder.allocations)
        self.first_fresh = len(moving)
        self.program = Program(recorder, moving, len(tensors), fixed, escaping)
        self.layouts = [(each.shape, each.dtype) for each in escaping]
        self.result = self._template(result, tensors, kept)
        self._simple = isinstance(self.result, Fresh)
        first = {each.tensor: each for each in reversed(recorder.effects) if each.is_gradient}
        used = recorder.lifetimes
        self.gradients = [self._gradient(leaf, read, first[leaf], used) for leaf in leaves]
        self._last = LastGradients(self.gradients, self.first_fresh + len(self.layouts))
        self._note_effects(recorder, tensors, known, kept)
        for leaf in {*recorder.gradients_read, *recorder.gradients_assigned} - self._leaves:
            if leaf.array.size and self.program.place_of(leaf.array) is None:
                raise UnsupportedError("it gives a gradient to a tensor that nothing watches")
        self._outcomes = {}

    def _fresh(self, tensor: Tensor) -> Fresh:
        """How a call makes the counterpart of a tensor that the recording made."""
        outcome = self._outcomes[id(tensor)]
        array, node = outcome.array, outcome.node
        if node is not None and not outcome.is_freed:
            raise UnsupportedError(
                "it gives a tensor whose graph can be walked: call backward() inside"
            )
        if outcome.has_gradient:
            raise UnsupportedError("it gives a tensor that has a gradient")
        if id(tensor._version_cell) in self._given:
            raise UnsupportedError("two of the tensors it gives are one, or views of one")
        self._given.add(id(tensor._version_cell))
        place = self.program.place_of(array) if array.size else Place(self.first_fresh, 0)
        if place is None or place.source is None or place.source < self.first_fresh:
            raise UnsupportedError("it gives a view of an argument or of a kept tensor")
        whole = array.size > 0 and place.address == 0 and array.flags.c_contiguous
        if whole:
            shape, dtype = self.layouts[place.source - self.first_fresh]
            whole = shape == array.shape and dtype == array.dtype
        return Fresh(
            place.source,
            place.address,
            layout_of(array),
            whole,
            outcome.requires_grad,
            None if node is None else WalkedNode(node),
            outcome.version,
        )

    def _template(self, value: Any, tensors: list[Tensor], kept: list[Tensor]) -> Any:
        if isinstance(value, Tensor):
            for position, argument in enumerate(tensors):
                if argument is value:
                    return Argument(position)
            for leaf in self._leaves:
                if leaf._grad is value:
                    return GradientOf(leaf)
            return value if any(each is value for each in kept) else self._fresh(value)
        if type(value) in (list, tuple) or is_named(value):
            return rebuilt(value, [self._template(each, tensors, kept) for each in value])
        if type(value) is dict:
            return {key: self._template(each, tensors, kept) for key, each in value.items()}
        if not isinstance(value, CONSTANT):
            raise UnsupportedError(f"it gives a {type(value).__name__}")
        return value

    def _gradient(
        self,
        leaf: Tensor,
        read: dict[Tensor, Tensor | None],
        first: Effect,
        used: dict[int, tuple[int, int]],
    ) -> Gradient:
        if leaf._grad is None:
            return Gradient(leaf, None, False)
        fresh = self._fresh(leaf._grad)
        # The last call's memory is written again: only after the leaf has lost that gradient.
        written = used.get(id(leaf._grad.array), (0, 0))[0]
        forgotten = first.gradient is None and first.position <= written
        return Gradient(leaf, fresh, fresh.whole and read.get(leaf) is None and forgotten)

    def _note_effects(
        self, recorder: Recorder, tensors: list[Tensor], known: list[Tensor], kept: list[Tensor]
    ) -> None:
        """Which version counters a call bumps, and after which instruction."""
        arguments = {id(each._version_cell): k for k, each in enumerate([*tensors, *known])}
        cells = {id(each._version_cell): each._version_cell for each in kept}
        self.bumped_kept: list[tuple[int, list[int]]] = []
        self.bumped_moving: list[tuple[int, int]] = []
        self.assigned: list[Assignment] = []
        lasting = {id(leaf) for leaf in self._leaves}
        bumps: dict[int, list[int]] = {}  # of each version counter, after which instructions
        for effect in recorder.effects:
            if not effect.is_gradient:
                bumps.setdefault(id(effect.tensor._version_cell), []).append(effect.position)
        for effect in recorder.effects:
            cell = id(effect.tensor._version_cell)
            if effect.is_gradient:
                if id(effect.tensor) in lasting:
                    self.assigned.append(self._assignment(effect, bumps))
            elif cell in arguments:
                self.bumped_moving.append((effect.position, arguments[cell]))
            elif cell in cells:
                self.bumped_kept.append((effect.position, cells[cell]))
        self.cells = [cell for _, cell in self.bumped_kept]

    def _assignment(self, effect: Effect, bumps: dict[int, list[int]]) -> Assignment:
        position, leaf, gradient = effect.position, effect.tensor, effect.gradient
        if gradient is None:
            return Assignment(position, leaf, None, None, [])
        place = self.program.place_of(gradient.array)
        bumped = bumps.get(id(gradient._version_cell), [])
        return Assignment(position, leaf, place, layout_of(gradient.array), bumped)

    def bind(self, tensors: list[Tensor], signature: Signature) -> tuple[Array, ...] | None:
        """The arrays of a call, if this recording is valid for it."""
        if signature != self.signature:
            return None
        if not self._refresh() or not self.reached.unchanged():
            return None
        for leaf in self.without_gradient:
            if leaf._grad is not None:
                return None
        arrays = [each.array for each in tensors]
        for leaf, layout in self.with_gradient:
            known = leaf._grad
            if known is None or known._requires_grad or layout_of(known.array) != layout:
                return None
            arrays.append(known.array)
        self._watch = None
        reused = self._last.arrays()
        for shape, dtype in self.layouts[: len(self.layouts) - len(reused)]:
            arrays.append(empty(shape, dtype))
        bound = (*arrays, *reused)
        return bound if self.program.binds(bound) else None

    def _refresh(self) -> bool:
        """Bring settings to where kernels read them; False if one is wrong: eager raises why."""
        try:
            for refresh in self.refreshers:
                refresh()
        except Exception:
            return False
        return True

    def watch(self, arguments: tuple[Any, ...]) -> None:
        """Prepare the short way for the calls after one with these arguments.

        Each time that it was of no use, it is prepared half as often.
        """
        self._misses += 1
        if self._misses & (self._misses - 1) or self.with_gradient:
            return
        if can_watch(arguments, self.reached):
            last, program = self._last, self.program
            watch = Watch(arguments, self.reached, self.without_gradient, last, program)
            self._watch = watch if watch.is_of_use else None
            self._made = self.layouts[: len(self.layouts) - len(last.kept())]

    def again(self, arguments: tuple[Any, ...]) -> Any:
        """The result of one more call, the short way; MISSED if that does not do."""
        if self._watch is None:
            return MISSED
        if not self._refresh():
            return MISSED
        made = tuple([empty(shape, dtype) for shape, dtype in self._made])
        if not self._watch.ready(arguments, made):
            self._watch = None  # what it knows may be gone by the next call
            return MISSED
        arrays = tuple([each.array for each in arguments])
        return self.run((*arrays, *made, *self._last.kept()), arguments)

    def run(self, arrays: tuple[Array, ...], tensors: Sequence[Tensor]) -> Any:
        """Run the step on arrays that `bind` gave."""
        try:
            self.program.run(arrays)
        except BaseException as error:
            self.stopped(getattr(error, "instruction", 0), arrays, tensors)
            raise
        if self.bumped_moving:
            self._bump_moving(len(self.program.lines), tensors)
        self._last.assign(arrays)
        for cell in self.cells:
            cell[0] += 1
        if self._simple:
            return self.result.make(arrays)
        return made(self.result, arrays, tensors)

    def repeated(self, arrays: tuple[Array, ...], count: int) -> None:
        """What `run` does after the program, for one that ran so many times on these arrays."""
        if count:
            self._last.assign(arrays)
        for cell in self.cells:
            cell[0] += count

    def stopped(self, reached: int, arrays: tuple[Array, ...], tensors: Sequence[Tensor]) -> None:
        """Leave things as eager would have left them after so many instructions."""
        for position, cell in self.bumped_kept:
            if position <= reached:
                cell[0] += 1
        self._bump_moving(reached, tensors)
        for assignment in self.assigned:
            if assignment.position <= reached:
                assignment.make(reached, arrays)

    def _bump_moving(self, reached: int, tensors: Sequence[Tensor]) -> None:
        for position, argument in self.bumped_moving:
            if position > reached:
                continue
            if argument < len(tensors):
                tensors[argument]._version_cell[0] += 1
            else:
                gradient = self.with_gradient[argument - len(tensors)][0]._grad
                if gradient is not None:
                    gradient._version_cell[0] += 1

    def profile(self, *arguments: Any, rounds: int = 11) -> Profile:
        """Time each instruction on copies, beside what this machine can do at best.

        `arguments` are the step's, in order; without them numbers are made up. Printed, a table;
        its `rows` are for programs. See `profile.profile`.
        """
        from .profile import profile

        return profile(self, arguments, rounds)

    def __repr__(self) -> str:
        from .listing import text

        return text(self.program)
