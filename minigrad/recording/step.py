"""`minigrad.compile`: record a step when it is first called, replay it afterwards."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from functools import update_wrapper
from operator import is_
from typing import Any, Generic, ParamSpec, TypeVar, overload

from .. import structure
from ..launch import exchange, observe, observer
from ..nn import Module
from ..tensor import Tensor
from . import verification
from .declined import Declined, PassingError, Unreplayed
from .epoch import Epochs
from .guards import Reached
from .method import CompiledMethod
from .recorded import Recorded
from .recorder import Recorder
from .replay import MISSED, Replay
from .signature import Signature, describe

MOST_KEPT = 16
MOST_WAITING = 8
WARN_AFTER = 8


Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class CompiledStep(Epochs, Generic[Arguments, Result]):
    """A step that is recorded at its first call and replayed at later ones; see `compile`."""

    def __init__(self, function: Callable[Arguments, Result], verify: int = 0) -> None:
        self.function = function
        self.verify = verify
        self._replays: list[Recorded | Replay | Declined] = []  # the one used last comes first
        self._last_change: str | None = None  # why the last call's recording is of no use
        self._lost = 0  # recordings in a row that were not used again
        self._running = threading.Lock()
        update_wrapper(self, function, updated=())

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy has the same function, or a copy of it, and its own recordings."""
        return CompiledStep, (self.function, self.verify)

    def __getattr__(self, name: str) -> Any:
        """Where a module was compiled, it is asked: `parameters()`, `train()`, a layer."""
        if isinstance(vars(self).get("function"), Module):
            return getattr(self.function, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else CompiledMethod(self, instance)

    def _bound(self) -> tuple[CompiledStep[Arguments, Result], tuple[Any, ...]]:
        return self, ()

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        if observer() is not None:  # part of another compiled step, or looked at for anomalies
            return self.function(*args, **kwargs)
        if self._running.locked():
            raise RuntimeError(
                "a compiled step was called while it is running, from another thread or from "
                "itself; give each thread a step of its own: minigrad.compile(step)"
            )
        with self._running:  # not acquire() and try: Ctrl-C may come in between
            if self._replays and not kwargs:
                first = self._replays[0]
                if type(first) is Replay:
                    result = first.again(args)
                    if result is not MISSED:
                        return result
            return self._run(args, kwargs)

    def _run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        tensors, signature = describe(args, kwargs)
        for position, replay in enumerate(self._replays):
            if isinstance(replay, Recorded):
                if not replay.matches(signature):
                    continue
                try:
                    replay = self._replays[position] = Replay.of(replay)
                except PassingError as reason:
                    del self._replays[position]
                    return self._record(args, kwargs, tensors, signature, str(reason))
            bound = replay.bind(tensors, signature)
            if bound is None:
                continue
            if position:
                self._replays.insert(0, self._replays.pop(position))
            self._lost, self._last_change = 0, None
            if isinstance(replay, Declined):
                return self.function(*args, **kwargs)
            if replay.verified < self.verify:
                replay.verified += 1
                return verification.run(replay, bound, tensors, self.function, args, kwargs)
            result = replay.run(bound, tensors)
            if not kwargs:
                replay.watch(args)
            return result
        return self._record(args, kwargs, tensors, signature)

    def _record(
        self,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        tensors: list[Tensor],
        signature: Signature,
        lost: str | None = None,
    ) -> Any:
        """Run the step eagerly and keep what it did."""
        reached = Reached(self.function, [*args, *kwargs.values()])
        obstacle = reached.obstacle(tensors)
        if obstacle is not None:
            self._warn_if_lost(self._change_since(signature))
            reached.keep_structure()
            self._keep(Declined(reached, signature, obstacle))
            return self.function(*args, **kwargs)
        if self._lost or any(each.signature == signature for each in self._replays):
            reached.keep_structure()  # a recording was lost, perhaps for want of this
        recorder = Recorder(reached.generators, reached.foreign)
        with exchange:
            alone = observer() is None  # another thread may just have begun to look for anomalies
            if alone:
                observe(recorder)
                try:
                    result = self.function(*args, **kwargs)
                finally:
                    observe(None)
        if not alone:
            return self.function(*args, **kwargs)
        change = _changed_arguments(args, kwargs, tensors, signature, reached.counter)
        change = change or reached.change()
        if recorder.streams.moved(recorder.instructions):
            change = change or "a random generator, which it seeds, makes or draws from unseen"
        if change is None:
            change = lost or self._change_since(signature)
            self._keep(Recorded(recorder, reached, tensors, signature, result))
        self._warn_if_lost(change)
        return result

    def _change_since(self, signature: Signature) -> str | None:
        """Why the last recording of such a call could not be used for this one."""
        for replay in self._replays:
            if replay.signature == signature:
                return replay.reached.change()
        return None

    def _warn_if_lost(self, change: str | None) -> None:
        self._last_change = change
        self._lost = 0 if change is None else self._lost + 1
        if self._lost == WARN_AFTER:
            warnings.warn(
                f"{self!r} is recorded at every call and never replayed, which is slow; what "
                f"prevents it: {change}. Do this outside the step, or return the value",
                stacklevel=5,
            )

    def _keep(self, replay: Recorded | Replay | Declined) -> None:
        self._replays.insert(0, replay)
        waiting = [each for each in self._replays if isinstance(each, Recorded)]
        for oldest in waiting[MOST_WAITING:]:  # each keeps all arrays of its run alive
            self._replays.remove(oldest)
        del self._replays[MOST_KEPT:]

    @property
    def program(self) -> Any:
        """The program for the last call, to be printed or profiled; or why there is none.

        None before the first call.
        """
        if self._last_change is not None:
            return Unreplayed(
                f"recorded at every call; what prevents a replay: {self._last_change}"
            )
        first = self._replays[0] if self._replays else None
        if isinstance(first, Recorded):
            try:
                first = self._replays[0] = Replay.of(first)
            except PassingError as reason:
                return Declined(first.reached, first.signature, str(reason))
        return first

    def __repr__(self) -> str:
        name = getattr(self.function, "__name__", type(self.function).__name__)
        count = len(self._replays)
        return f"<compiled step {name}, {count} program{'s' * (count != 1)}>"


def _changed_arguments(
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    tensors: list[Tensor],
    signature: Signature,
    counter: int,
) -> str | None:
    """What a step did to its arguments besides changing elements of tensors, if it did."""
    given = [*args, *kwargs.values()]
    if (
        counter == structure.counter
        and len(given) == len(tensors)
        and all(map(is_, given, tensors))
    ):
        return None  # all are tensors, and nothing was done to any tensor
    tensors_now, signature_now = describe(args, kwargs)
    if signature_now == signature and all(map(is_, tensors_now, tensors)):
        return None
    return "one of its arguments"


@overload
def compile(
    function: Callable[Arguments, Result], *, verify: int = 0
) -> CompiledStep[Arguments, Result]: ...


@overload
def compile(
    function: None = None, *, verify: int = 0
) -> Callable[[Callable[Arguments, Result]], CompiledStep[Arguments, Result]]: ...


def compile(function: Callable[..., Any] | None = None, *, verify: int = 0) -> Any:
    """Record what a step does when it is first called; replay that as native code afterwards.

    The step is any function of tensors: forward, backward, optimiser, all in one. Python runs
    while it is recorded and not again, so it must not look at values (`.item()`, `bool(t)`) or
    do anything but tensor work. What it depends on is watched: the arguments' shapes, dtypes,
    strides and shared memory; modules, optimisers, tensors and plain values that its closure
    and globals hold. If something differs, it is recorded anew. Learning rates are read at each
    call. Results and gradients are new tensors at each call, and equal eager's to the bit.
    `step.epoch(loader)` calls the step on all of a loader's batches.

    Parameters
    ----------
    function : the step; without it, a decorator is returned
    verify : int
        Check so many of the first replays against an eager run, bit for bit.

    Raises
    ------
    RuntimeError
        The step reads a value; or, at the second call, it has used a tensor that nothing
        watches. Both name the line.

    >>> import minigrad as torch
    >>> w = torch.ones(2, requires_grad=True)
    >>> def step(x):
    ...     w.grad = None
    ...     loss = torch.nn.functional.mse_loss(w, x)
    ...     loss.backward()
    ...     return loss
    >>> step = torch.compile(step)
    >>> step(torch.zeros(2)).item(), step(torch.ones(2)).item()
    (1.0, 0.0)
    """
    if function is not None and not callable(function):
        raise TypeError(f"compile: function must be callable, got {type(function).__name__}")
    if not isinstance(verify, int):
        raise TypeError(f"compile: verify must be an int, got {type(verify).__name__}")
    if function is None:
        return lambda decorated: CompiledStep(decorated, verify)
    return CompiledStep(function, verify)
