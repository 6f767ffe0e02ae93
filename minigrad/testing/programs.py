"""A computation as data: a few instructions over named tensors, for any library with these names.

What is printed is what runs: an instruction is a line of Python, in which the library is called
`torch`, and a program is such lines in order. So a program that two libraries disagree on is a
script for a bug report as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase
from types import CodeType
from typing import Any, NamedTuple

from ..dtypes import dtype
from .printed import data_source, literal


class Input(NamedTuple):
    """A tensor that a program starts from.

    Examples
    --------
    >>> import minigrad as torch
    >>> print(Input("a", (2,), torch.float64, [0.5, 1.0], requires_grad=True))
    a = torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)
    """

    name: str
    shape: tuple[int, ...]
    dtype: dtype
    values: Any  # nested lists, or a number
    requires_grad: bool = False

    @property
    def source(self) -> str:
        """The call that makes the tensor."""
        return data_source(self.shape, self.values, self.dtype, self.requires_grad)

    def __str__(self) -> str:
        return f"{self.name} = {self.source}"


class _Shown:
    """An argument in a source: `{where}` is its literal, `{where[0]}` that of its first part."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, part: int) -> _Shown:
        return _Shown(self.value[part])

    def __format__(self, specification: str) -> str:
        return literal(self.value)


class Instruction(NamedTuple):
    """One call, or one operator, on tensors that have names.

    Examples
    --------
    >>> print(Instruction("sum", "torch.sum({0}, {dim})", ("a",), {"dim": 0}, ("b",)))
    b = torch.sum(a, 0)
    >>> print(Instruction("add_", "{0}.add_({1})", ("a", "b"), in_graph=False))
    with torch.no_grad(): a.add_(b)
    """

    operation: str  # its name in a table of operations
    source: str  # with {0}, {1} for the operands and {name} for the arguments
    operands: tuple[str, ...]
    arguments: Mapping[str, Any] = {}
    results: tuple[str, ...] = ()
    several: bool = False  # whether it gives a tuple, of which each result has a name
    in_graph: bool = True

    def __str__(self) -> str:
        named = {name: _Shown(value) for name, value in self.arguments.items()}
        call = self.source.format(*self.operands, **named)
        names = ", ".join(self.results) + "," * (self.several and len(self.results) == 1)
        line = f"{names} = {call}" if names else call
        return line if self.in_graph else f"with torch.no_grad(): {line}"


@dataclass(frozen=True)
class Program:
    """Inputs, and instructions that each may use what was made before.

    Parameters
    ----------
    inputs : the tensors that it starts from
    instructions : in order; a name that an instruction gives anew is another tensor from there on

    Examples
    --------
    >>> import minigrad
    >>> program = Program(
    ...     (Input("a", (2,), minigrad.float32, [3.0, 4.0], requires_grad=True),),
    ...     (
    ...         Instruction("mul", "{0} * {1}", ("a", "a"), results=("b",)),
    ...         Instruction("sum", "{0}.sum()", ("b",), results=("c",)),
    ...     ),
    ... )
    >>> print(program)
    import torch
    <BLANKLINE>
    a = torch.tensor([3.0, 4.0], requires_grad=True)
    b = a * a
    c = b.sum()
    >>> program.run(minigrad)["c"]
    tensor(25., grad_fn=<SumBackward0>)
    """

    inputs: tuple[Input, ...]
    instructions: tuple[Instruction, ...] = ()

    def script(self, library: str = "torch") -> str:
        """The program as Python that runs by itself, for a library that can be imported."""
        imported = "import torch" if library == "torch" else f"import {library} as torch"
        lines = [str(each) for each in (*self.inputs, *self.instructions)]
        return "\n".join([imported, "", *lines])

    __str__ = script

    def __repr__(self) -> str:
        return f"<a program>\n{self.script()}\n"

    def steps(
        self, library: Any, inputs: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Instruction, dict[str, Any]]]:
        """Run one instruction at a time; give it, and all variables as they are then.

        What an instruction raises comes out of here, with a note that shows the line.

        Examples
        --------
        >>> import minigrad
        >>> program = Program(
        ...     (Input("a", (), minigrad.float32, 1.0),),
        ...     (
        ...         Instruction("exp_", "{0}.exp_()", ("a",)),
        ...         Instruction("sum", "{0}.sum(1)", ("a",)),
        ...     ),
        ... )
        >>> steps = program.steps(minigrad)
        >>> print(*next(steps))
        a.exp_() {'a': tensor(2.7183)}
        >>> try:
        ...     next(steps)
        ... except IndexError as error:
        ...     error.__notes__
        ['line 2 of the program: a.sum(1)']
        """
        variables = self.start(library, inputs)
        names: dict[str, Any] = {"torch": library, **variables}
        for number, instruction in enumerate(self.instructions, 1):
            try:
                exec(compiled(str(instruction)), names)
            except Exception as error:
                error.add_note(f"line {number} of the program: {instruction}")
                raise
            variables |= {name: names[name] for name in instruction.results}
            yield instruction, dict(variables)

    def run(self, library: Any, inputs: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Run it all; give what its variables hold at the end, inputs among them.

        Parameters
        ----------
        library : a module that has PyTorch's names: `minigrad`, `torch`
        inputs : tensors of that library, by name, instead of the program's own
        """
        found = self.start(library, inputs)
        for _, variables in self.steps(library, found):
            found = variables
        return found

    def start(self, library: Any, inputs: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The inputs as tensors of a library: those that are given, the program's own beside."""
        given = {} if inputs is None else dict(inputs)
        unknown = sorted(given.keys() - {each.name for each in self.inputs})
        if unknown:
            known = ", ".join(each.name for each in self.inputs) or "it has none"
            raise ValueError(f"inputs: {unknown[0]!r} is none of the program's ({known})")
        own = {each.name: each.source for each in self.inputs if each.name not in given}
        return {
            each.name: eval(own[each.name], {"torch": library})
            if each.name in own
            else given[each.name]
            for each in self.inputs
        }

    def tidied(self) -> Program:
        """The same without inputs that no instruction names, and with names in order."""
        used = {name for each in self.instructions for name in each.operands}
        inputs = [each for each in self.inputs if each.name in used]
        names: dict[str, str] = {}
        for name in [each.name for each in inputs] + [
            name for each in self.instructions for name in each.results
        ]:
            names.setdefault(name, variable_name(len(names)))
        return Program(
            tuple(each._replace(name=names[each.name]) for each in inputs),
            tuple(
                each._replace(
                    operands=tuple(names[name] for name in each.operands),
                    results=tuple(names[name] for name in each.results),
                )
                for each in self.instructions
            ),
        )


@lru_cache(4096)
def compiled(line: str) -> CodeType:
    """A line of a program; the same ones come again and again."""
    return compile(line, "<a program>", "exec")


def variable_name(number: int) -> str:
    """a, b, …, z, a1, b1, …

    >>> variable_name(0), variable_name(27)
    ('a', 'b1')
    """
    rounds, letter = divmod(number, len(ascii_lowercase))
    return f"{ascii_lowercase[letter]}{rounds or ''}"
