"""What do a program's variables hold after each line, in one library?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

from ..judging.judge import Array

FACTS: dict[str, Callable[[Any], Any]] = {
    "requires_grad": lambda tensor: tensor.requires_grad,
    "is_leaf": lambda tensor: tensor.is_leaf,
    "being a view": lambda tensor: tensor._base is not None,
}
UNKNOWN = "unknown"  # of what cannot be asked for: a view that is not to be used any more


@dataclass(frozen=True)
class Seen:
    """All that two libraries should agree on about one value: a tensor, or a Python number.

    Parameters
    ----------
    values : the elements
    facts : by name; of a Python value only its type
    """

    values: Array
    facts: dict[str, Any]


class Run:
    """A program under way in one library."""

    def __init__(self, library: Any) -> None:
        library.default_generator.manual_seed(0)  # the library's own way sees to devices as well
        self.names: dict[str, Any] = {"torch": library}
        self.module = library.nn.Module
        self.given = {*self.names, "__builtins__"}

    def do(self, code: CodeType) -> Exception | None:
        """Execute a line; give what it raised."""
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                exec(code, self.names)
        except Exception as error:  # to refuse is an answer, whichever it is
            return error
        return None

    def seen(self) -> dict[str, Seen]:
        """What all variables hold, and gradients of theirs, by where they are found."""
        return {path: _seen(value) for path, value in self._values()}

    def tensors(self) -> Iterator[tuple[str, Any]]:
        """The tensors among all that, by where they are found."""
        for path, value in self._values():
            if hasattr(value, "requires_grad"):
                yield path, value

    def take(self, values: Mapping[str, Array]) -> None:
        """Go on with other numbers, where memory allows it."""
        if not values:
            return
        for path, tensor in list(self.tensors()):
            if path in values and not repeats_memory(tensor):
                tensor.data.numpy()[...] = values[path]

    def modules(self) -> str:
        """All modules, as they are printed."""
        return " ".join(str(each) for each in self.names.values() if isinstance(each, self.module))

    def _values(self) -> Iterator[tuple[str, Any]]:
        for name, value in self.names.items():
            if name not in self.given:
                yield from _parts(name, value)


def left_by(library: Any, lines: Sequence[str]) -> dict[str, Any]:
    """What some lines leave in a library: its variables by name, and their gradients by path."""
    program = Run(library)
    for code in compiled(lines):
        program.do(code)
        program.seen()  # as in a comparison: views have asked for their history
    return {**program.names, **dict(program.tensors())}


def repeats_memory(tensor: Any) -> bool:
    """Whether several elements are one in memory, so that nothing can be written."""
    sides = zip(tensor.stride(), tensor.shape, strict=True)
    return any(step == 0 and size > 1 for step, size in sides)


def compiled(lines: Sequence[str]) -> list[CodeType]:
    """Each line as code, to be run in any library."""
    return [
        compile(line, f"line {number} of the program", "exec")
        for number, line in enumerate(lines, 1)
    ]


def _parts(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A value that is compared, and its gradients; of modules and optimisers what they hold."""
    if hasattr(value, "named_parameters"):
        for name, each in [*value.named_parameters(), *value.named_buffers()]:
            yield from _parts(f"{path}.{name}", each)
        for name, each in value.named_modules():
            yield f"{path}.{name}.training".replace("..", "."), each.training
    elif hasattr(value, "param_groups"):
        for number, state in enumerate(value.state.values()):
            for name, each in state.items():
                yield from _parts(f"{path}.state[{number}].{name}", each)
    elif hasattr(value, "requires_grad"):
        yield path, value
        if _has_gradient(value):
            yield from _parts(f"{path}.grad", value.grad)
    elif value is None or isinstance(value, bool | int | float | list):
        yield path, value


def _has_gradient(tensor: Any) -> bool:
    try:
        return (tensor.is_leaf or tensor.retains_grad) and tensor.grad is not None
    except RuntimeError:
        return False


def _seen(value: Any) -> Seen:
    if not hasattr(value, "requires_grad"):
        kind = "list" if isinstance(value, list) else type(value).__name__
        numbers = np.asarray(value if value is not None else [])
        return Seen(numbers, {"type": kind, "shape": numbers.shape})
    values = np.array(value.data.numpy(force=True))  # a view that is not to be used has them, too
    strides = value.stride()
    facts = {
        "dtype": str(value.dtype).rpartition(".")[2],
        "shape": tuple(value.shape),
        "strides": tuple(strides) if _tells(value) else UNKNOWN,
    }
    for name, fact in FACTS.items():
        try:
            facts[name] = fact(value)
        except RuntimeError:
            facts[name] = UNKNOWN
    return Seen(values, facts)


def _tells(tensor: Any) -> bool:
    """Whether each stride says where an element is: no size is 0 or 1."""
    return all(size > 1 for size in tensor.shape)
