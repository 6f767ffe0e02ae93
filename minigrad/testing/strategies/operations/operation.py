"""What is an operation that programs can draw, and which ones are there?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from hypothesis import strategies as st

from ....tensor import Tensor

Arguments: TypeAlias = Callable[..., Mapping[str, st.SearchStrategy[Any]]]


def any_tensors(*operands: Tensor) -> bool:
    """No operand is refused."""
    return True


def no_arguments(*operands: Tensor) -> Mapping[str, st.SearchStrategy[Any]]:
    """Nothing is drawn besides the operands."""
    return {}


@dataclass(frozen=True, eq=False)  # one object for each name: compared by what it is
class Operation:
    """A public name as programs may use it: how it is written, on what, with which arguments.

    Parameters
    ----------
    name : of its own among operations; what coverage is told by
    sources : ways to write it, the simplest first: Python in which the library is `torch`, `{0}`
        and `{1}` are operands and `{dim}` is an argument
    fits : whether it is valid for some tensors, one for each operand
    arguments : a strategy for each argument, given tensors that fit
    writes : whether it changes its first operand in place
    jumps : whether a result may jump where an operand changes by a rounding: comparisons,
        rounding, order
    modules : how many of the operands are modules or optimisers, the first ones; the others are
        tensors
    gives : whether there is a result to be named, if it changes nothing in place
    random : whether it draws from the generator, so that programs set a seed before

    Examples
    --------
    >>> from minigrad.testing.strategies import OPERATIONS, Operation
    >>> cube = Operation("cube", ("{0} ** 3",), fits=lambda x: x.is_floating_point())
    >>> cube.arity, cube.public_names, OPERATIONS["exp"].public_names
    (1, (), ('torch.exp', 'Tensor.exp'))
    """

    name: str
    sources: tuple[str, ...]
    fits: Callable[..., bool] = any_tensors
    arguments: Arguments = no_arguments
    writes: bool = False
    jumps: bool = False
    modules: int = 0
    gives: bool = True
    random: bool = False

    @property
    def arity(self) -> int:
        """How many operands it takes."""
        return len(set(re.findall(r"\{(\d)\}", self.sources[0])))

    @property
    def public_names(self) -> tuple[str, ...]:
        """The functions and methods that its sources call; operators are none."""
        found = []
        for source in self.sources:
            found += re.findall(r"\btorch\.[a-z][\w.]*(?=\()", source)
            methods = re.findall(r"(?:\{\d\}|\))\.(\w+)", source)
            if self.modules == 0:
                found += [f"Tensor.{name}" for name in methods]
        return tuple(dict.fromkeys(name for name in found if name != "torch.tensor"))


OPERATIONS: dict[str, Operation] = {}


def register(*operations: Operation) -> None:
    """Let `programs` draw more operations.

    Examples
    --------
    >>> from minigrad.testing.strategies import OPERATIONS, Operation, register
    >>> register(Operation("cube", ("{0} ** 3",), fits=lambda x: x.is_floating_point()))
    >>> OPERATIONS.pop("cube").sources
    ('{0} ** 3',)
    """
    for operation in operations:
        if operation.name in OPERATIONS:
            raise ValueError(f"register: there is an operation called {operation.name!r} already")
        if not operation.sources:
            raise ValueError(
                f"register: operation {operation.name!r} must have a source, got none"
            )
        OPERATIONS[operation.name] = operation


def functions_and_methods(
    names: str,
    fits: Callable[..., bool] = any_tensors,
    arguments: Arguments = no_arguments,
    rest: str = "",
    **options: bool,
) -> Iterable[Operation]:
    """Operations that are functions of the library and methods alike, by names with blanks."""
    for name in names.split():
        function, method = f"torch.{name}({{0}}{rest})", f"{{0}}.{name}({rest.removeprefix(', ')})"
        yield Operation(name, (function, method), fits, arguments, **options)


def of_functional(
    names: str,
    fits: Callable[..., bool],
    arguments: Arguments = no_arguments,
    rest: str = "",
) -> Iterable[Operation]:
    """Operations of `nn.functional`; their names say so, as some are in the library as well."""
    for name in names.split():
        source = f"torch.nn.functional.{name}({{0}}{rest})"
        yield Operation(f"functional.{name}", (source,), fits, arguments)
