"""Who stands at the door through which all work on arrays passes, and looks at kernels?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ... import launch
from ...kernels.kernel import Kernel
from ...launch import Observer

if TYPE_CHECKING:
    from ..operations.case import Case


@contextmanager
def at_the_door(looking: Observer) -> Iterator[None]:
    """Let it see what this thread launches."""
    before = launch.installed
    with launch.exchange:
        launch.observe(looking)
    try:
        yield
    finally:
        with launch.exchange:
            launch.observe(before)


class _Kernels(Observer):
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
