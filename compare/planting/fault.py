"""What is a fault? A line of minigrad that says something else, and who should notice."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import minigrad
from minigrad.kernels.kernel import Kernel

ROOT = Path(minigrad.__file__).parents[1]


@dataclass(frozen=True)
class Fault:
    """One mistake.

    Parameters
    ----------
    name : what is wrong then
    place : the function or kernel, as `module:name`, in minigrad
    right : a piece of its source, which stands there once
    wrong : what stands there instead
    seen_by : what of `comparison.names()` is compared; the operation of that file if not said
    """

    name: str
    place: str
    right: str
    wrong: str
    seen_by: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What is compared to find it."""
        return self.seen_by or (self.place.partition(":")[0].rpartition(".")[2],)

    @property
    def target(self) -> Any:
        """What it is planted in: a Python function, a kernel, or what kernels call."""
        return resolve_name(f"minigrad.{self.place}")

    @property
    def line(self) -> str:
        """The file and the line it is planted at."""
        function = function_of(self.target)
        lines, start = inspect.getsourcelines(function)
        before = "".join(lines).partition(self.right)[0]
        path = Path(inspect.getfile(function)).relative_to(ROOT)
        return f"{path.as_posix()}:{start + before.count(chr(10))}"


def function_of(target: Any) -> Callable[..., Any]:
    """The Python function that a kernel, or what it calls, is compiled from; others are it."""
    if isinstance(target, Kernel):
        return target.function
    function: Callable[..., Any] = getattr(target, "py_func", target)
    return function
