"""Which kernel gave the first value that is not finite, and because of which line?

`Detector` stands at the door where all work starts (`launch`). It runs each kernel and looks at
what that has written. See `anomaly_mode.detect_anomaly` for what counts as first.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import numpy as np

from ..kernels.kernel import Kernel
from ..launch import Array, Observer
from ..site import Site, users_line
from ..tensor import Tensor
from .function_node import FunctionNode
from .node import Gradients, Node


class Walking(threading.local):
    """Where the walk backward of a thread is."""

    node: Node | None = None


class Content(NamedTuple):
    """An operand's name, and whether it contains what is not finite."""

    name: str
    has_nan: bool
    has_infinity: bool


class Detector(Observer):
    """The observer of all threads that looks for values that are not finite."""

    def __init__(self, check_nan: bool) -> None:
        super().__init__()
        self.check_nan = check_nan
        self._walking = Walking()
        # Arrays that nothing has been written to yet: what they contain is no operand's value.
        self._blank: WeakValueDictionary[int, Array] = WeakValueDictionary()

    @property
    def thread(self) -> int:
        return threading.get_ident()  # every thread is its own

    def launched(self, kernel: Callable[..., Any], operands: tuple[Any, ...]) -> None:
        if not self.check_nan:
            kernel(*operands)
            return
        named = list(zip(_names(kernel, len(operands)), operands, strict=True))
        positions = kernel.writes if isinstance(kernel, Kernel) else (len(operands) - 1,)
        written = [named[position] for position in positions]
        before = [_content(name, each) for name, each in written if not self._is_blank(each)]
        kernel(*operands)
        for name, each in written:
            self._blank.pop(id(_owner(each)), None)
            if _content(name, each) != Content(name, False, False):
                read = [pair for k, pair in enumerate(named) if k not in positions]
                self._judge(kernel, name, each, before, read)

    def allocated(self, array: Array) -> None:
        self._blank[id(array)] = array

    def _is_blank(self, array: Any) -> bool:
        owner = _owner(array)
        return self._blank.get(id(owner)) is owner

    def _judge(
        self,
        kernel: Callable[..., Any],
        name: str,
        array: Array,
        before: list[Content],
        read: list[tuple[str, Any]],
    ) -> None:
        """Raise if a kernel's result is not finite although what it was given does not say so."""
        given = before + [_content(*pair) for pair in read]
        if np.isnan(array).any():
            bad = np.isnan(array)
            is_first = not any(each.has_nan for each in given)
        else:
            bad = np.isinf(array)
            is_first = not any(each.has_nan or each.has_infinity for each in given)
        if is_first:
            index = tuple(map(int, np.argwhere(bad)[0]))
            infinite = [each.name for each in given if each.has_infinity]
            raise RuntimeError(
                f"kernel {_name(kernel)} gave {array[index]} at index {list(index)} of operand "
                f"'{name}' of shape {list(array.shape)}: the first value that is not finite; "
                + (
                    f"infinite were already: {', '.join(infinite)}"
                    if infinite
                    else "all that it was given was finite"
                )
                + self._lines(read)
            )

    def _lines(self, read: list[tuple[str, Any]]) -> str:
        """Where it happened, and the ranges of what was given."""
        line, node = users_line(4), self._walking.node
        lines = [f"{name}: {described}" for name, each in read if (described := _described(each))]
        if node is None:
            lines.append(f"line: {line}: {line.text}")
        else:
            lines.append(f"in the gradient of {node.name()}, made at {_at(node)}")
            lines.append(f"walked backward from: {line}: {line.text}")
        return "".join(f"\n  {each}" for each in lines)

    def node_made(self) -> Site | None:
        """The user's line; for a node of a gradient that of the operation whose gradient it is."""
        node = self._walking.node
        if node is None or isinstance(node, FunctionNode):  # whose gradient is a user's code
            return users_line(2)
        return node.made_at

    def passed(self, node: Node, gradient: Tensor) -> Gradients:
        outer, self._walking.node = self._walking.node, node
        try:
            gradients = node.backward(gradient)
        except Exception as error:
            if f"made at {_at(node)}" not in str(error):
                error.add_note(f"in the gradient of {node.name()}, made at {_at(node)}")
            raise
        finally:
            self._walking.node = outer
        if self.check_nan:
            for number, each in enumerate(gradients):
                if isinstance(each, Tensor) and _content("", each.array).has_nan:
                    raise RuntimeError(
                        f"Function '{node.name()}' returned nan values in its {number}th output. "
                        "No kernel gave the first of them: NaN was in what the operation made at "
                        f"{_at(node)} was given"
                    )
        return gradients


def _at(node: Node) -> str:
    line = node.made_at
    return "a line before detection began" if line is None else f"{line}: {line.text}"


def _owner(array: Any) -> Any:
    """The array that owns the memory."""
    while isinstance(array, np.ndarray) and isinstance(array.base, np.ndarray):
        array = array.base
    return array


def _name(kernel: Callable[..., Any]) -> str:
    if isinstance(kernel, Kernel):
        return kernel.name
    return getattr(kernel, "__name__", type(kernel).__name__).strip("_")


def _names(kernel: Callable[..., Any], count: int) -> Sequence[str]:
    """What a kernel calls its operands; numbers, where it takes any number of them."""
    if isinstance(kernel, Kernel):
        return kernel.parameters
    try:
        parameters = list(inspect.signature(kernel).parameters.values())
    except ValueError:  # a NumPy function does not say
        parameters = []
    takes_any = any(each.kind is each.VAR_POSITIONAL for each in parameters)
    if len(parameters) == count and not takes_any:
        return [each.name for each in parameters]
    return [*[f"operand {position}" for position in range(count - 1)], "out"]


def _numbers(operand: Any) -> Iterator[Any]:
    """All floating-point numbers and arrays in an operand."""
    if isinstance(operand, (tuple, list)):
        for each in operand:
            yield from _numbers(each)
    elif isinstance(operand, float):
        yield np.float64(operand)
    elif isinstance(operand, (np.ndarray, np.generic)) and operand.dtype.kind == "f":
        yield operand


def _content(name: str, operand: Any) -> Content:
    found = list(_numbers(operand))
    return Content(
        name,
        any(bool(np.isnan(each).any()) for each in found),
        any(bool(np.isinf(each).any()) for each in found),
    )


def _described(operand: Any) -> str:
    """The shape of an array and the range of its values; a number itself."""
    if isinstance(operand, float):
        return repr(operand)
    if not isinstance(operand, np.ndarray) or operand.dtype.kind != "f" or not operand.size:
        return ""
    return f"shape {list(operand.shape)}, from {operand.min()} to {operand.max()}"
