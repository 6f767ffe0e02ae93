"""The one door through which work on arrays starts, and the one place where arrays are made.

`launch(kernel, *operands)` runs a kernel, or a NumPy function that writes into its last operand,
at once. `empty` makes the arrays that they write into. Because everything passes here, a few
lines see all of it: a recorder takes down a step for replay, anomaly detection looks for the
first value that is not finite, and tests poison new arrays with NaN so that an element which a
kernel forgot to write is seen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .kernels import machine
from .kernels.kernel import Kernel
from .large_arrays import LARGE, in_kept_memory, kept

if TYPE_CHECKING:
    from .autograd.node import Gradients, Node
    from .site import Site
    from .tensor import Tensor

Array = np.ndarray[Any, Any]

poison = False  # set by tests: new arrays are filled with NaN, or ones where there is none


class Observer:
    """Who watches the door, and what is done to tensors, in the thread that made it.

    This one lets everything pass. A recorder, anomaly detection and tests look at some of it.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    @property
    def thread(self) -> int:
        """Whose work is watched."""
        return self._thread

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        """Run a kernel."""
        kernel(*operands)

    def launched_each(self, kernel: Kernel, calls: Sequence[tuple[Any, ...]]) -> None:
        for operands in calls:
            self.launched(kernel, operands)

    def allocated(self, array: Array) -> None:
        """An array is new, and not written yet."""

    def hold_line(self) -> Any:
        """What is launched from now on is due to the line that runs."""

    def release_line(self, held: Any) -> None:
        """No longer; `held` is what `hold_line` gave."""

    def node_made(self) -> Site | None:
        """A node joins the graph: the line it is due to, if that is of interest."""
        return None

    def passed(self, node: Node, gradient: Tensor) -> Gradients:
        """Walk backward through a node."""
        return node.backward(gradient)

    def called(self, function: Callable[[], None]) -> None:
        """A function has run that would have to run again at each replay."""

    def reading_value(self, how: str) -> None:
        """Python does what no replay would do again, such as looking at a value."""

    def reading_gradients(self, tensors: Iterable[Tensor]) -> None:
        """The gradients of these tensors are going to be read."""

    def gradient_assigned(self, tensor: Tensor, gradient: Tensor | None) -> None:
        """A tensor has another gradient."""

    def gradients_forgotten(self, tensors: Iterable[Tensor]) -> None:
        """These tensors have no gradient any more."""

    def versions_bumped(self, tensors: Iterable[Tensor]) -> None:
        """These tensors have been written to."""


installed: Observer | None = None  # the one that watches some thread; see `observer`
exchange = threading.Lock()  # held by who changes that, and by a recorder as long as it watches


def observer() -> Observer | None:
    """The observer of this thread, if there is one."""
    if installed is not None and installed.thread == threading.get_ident():
        return installed
    return None


def reading_value(how: str) -> None:
    """Raise if a step is being recorded: its replays would not do again what `how` names."""
    if installed is not None and installed.thread == threading.get_ident():
        installed.reading_value(how)


def observe(new: Observer | None) -> None:
    """Let `new` watch what is launched; None ends it."""
    global installed
    installed = new


def launch(kernel: Callable[..., Any], *operands: Any) -> None:
    """Start work on arrays: a `Kernel`, or a function that writes into its last operand."""
    if installed is not None and installed.thread == threading.get_ident():
        installed.launched(kernel, operands)
    elif type(kernel) is Kernel:  # what its call does, which packs the operands once more
        entry = kernel.last_entry
        status = machine.pack_and_call(entry, id(operands))
        if status:
            kernel.go_on(entry, status, operands)
    else:
        kernel(*operands)


def launch_each(kernel: Kernel, calls: Sequence[tuple[Any, ...]]) -> None:
    """Launch a kernel on several tuples of operands: what optimisers do with parameters.

    It saves 0.4 µs a launch, most of what one costs: ten take 0.5 µs instead of 4.2.
    """
    if not calls:
        return
    if installed is not None and installed.thread == threading.get_ident():
        installed.launched_each(kernel, calls)
    else:
        kernel.each(tuple(calls))


class one_line:  # noqa: N801 (reads as a statement: with one_line())
    """Context: all that is launched inside is due to one line of the user's.

    So the stack is searched for that line once, when a recorder watches.
    """

    def __enter__(self) -> None:
        self._watching = observer()
        if self._watching is not None:
            self._held = self._watching.hold_line()

    def __exit__(self, *error: Any) -> None:
        if self._watching is not None:
            self._watching.release_line(self._held)


def empty(shape: tuple[int, ...], dtype: Any) -> Array:
    """An array to be written by a kernel: its elements are arbitrary, NaN when poisoned."""
    try:
        array = np.empty(shape, dtype)
    except MemoryError:
        array = _empty_once_nothing_is_kept(shape, dtype)
    if array.nbytes >= LARGE and installed is None:  # a recorder wants arrays that own theirs
        array = in_kept_memory(array)
    if poison or installed is not None:
        _show(array)
    return array


def _empty_once_nothing_is_kept(shape: tuple[int, ...], dtype: Any) -> Array:
    kept.forget()
    try:
        return np.empty(shape, dtype)
    except MemoryError as error:
        raise RuntimeError(f"can't allocate memory: {error}") from None


def _show(array: Array) -> None:
    """Let those who want to see a new array see it."""
    if poison:
        array.fill(np.nan if array.dtype.kind == "f" else 1)
    if installed is not None and installed.thread == threading.get_ident():
        installed.allocated(array)


def at_each_run(function: Callable[[], None]) -> None:
    """Call a function now, and again whenever the step that is being recorded runs.

    For what a user may change between steps and a kernel reads: a learning rate.
    """
    function()
    watching = observer()
    if watching is not None:
        watching.called(function)
