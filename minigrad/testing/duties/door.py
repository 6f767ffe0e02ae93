"""Who stands at the door through which all work on arrays passes, and looks at kernels?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ... import launch
from ...kernels.kernel import Kernel
from ...launch import Array

if TYPE_CHECKING:
    from ...autograd.node import Gradients, Node
    from ...site import Site
    from ...tensor import Tensor
    from ..operations.case import Case


class Looking:
    """An observer that lets everything pass; those that look at something change a method."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        kernel(*operands)

    def launched_each(self, kernel: Kernel, calls: Sequence[tuple[Any, ...]]) -> None:
        for operands in calls:
            self.launched(kernel, operands)

    def allocated(self, array: Array) -> None:
        """An array is new, and not written yet."""

    def hold_line(self) -> None:
        """Lines of scripts are of no interest."""

    def release_line(self, held: Any) -> None:
        """Nor here."""

    def node_made(self) -> Site | None:
        return None

    def passed(self, node: Node, gradient: Tensor) -> Gradients:
        return node.backward(gradient)

    def called(self, function: Callable[[], None]) -> None:
        function()

    def reading_value(self, how: str) -> None:
        """May be read."""

    def reading_gradients(self, tensors: Iterable[Tensor]) -> None:
        """May be read."""

    def gradient_assigned(self, tensor: Tensor, gradient: Tensor | None) -> None:
        """May be assigned."""

    def gradients_forgotten(self, tensors: Iterable[Tensor]) -> None:
        """May be forgotten."""

    def versions_bumped(self, tensors: Iterable[Tensor]) -> None:
        """Are of no interest."""


@contextmanager
def at_the_door(looking: Looking) -> Iterator[None]:
    """Let it see what this thread launches."""
    before = launch.installed
    with launch.exchange:
        launch.observe(looking)
    try:
        yield
    finally:
        with launch.exchange:
            launch.observe(before)


class _Kernels(Looking):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Kernel] = []

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        if isinstance(kernel, Kernel):
            self.found.append(kernel)
        kernel(*operands)


def launched_kernels(case: Case) -> list[Kernel]:
    """The kernels of an example's result and gradients, in order."""
    looking = _Kernels()
    with at_the_door(looking):
        case.results()
    return looking.found
