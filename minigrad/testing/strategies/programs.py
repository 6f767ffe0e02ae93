"""Random programs: which operations, on which of the tensors made so far, in which order?

A program is run by minigrad while it is drawn, so that the next instruction can be one that is
valid for the shapes and dtypes there are. What raises all the same stays in the program, as its
last instruction: whoever runs it sees the error.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
from hypothesis import assume, strategies as st
from hypothesis.vendor import pretty

from ... import dtypes as all_of_them
from ...dtypes import dtype, float32, float64
from ...nn import Module
from ...optim import Optimizer
from ...tensor import Tensor
from ..programs import Input, Instruction, Program, compiled, variable_name
from .choices import among, arrays
from .operations import OPERATIONS, Operation
from .operations.conditions import repeats
from .operations.gradients import WEIGHTS, differentiable
from .shapes import Shape, broadcastable_shapes
from .tensors import Values, elements_of

MOST_INPUTS, MOST_RESULTS = 8, 8  # numbers kept for inputs, and for what one step gives
LARGEST, MOST_DIMS = 64, 4  # of an operand: what is larger is made and left alone
ATTEMPTS = 3  # operations to draw in a step, until one fits what there is
BACKWARD = f"{{0}}.backward({WEIGHTS})"
USUAL = st.sampled_from((float32, float64, float32, float64, *all_of_them.ALL[2:]))
IN_GRAPH = st.sampled_from((True, True, True, True, True, False))
RARE_FIRST = st.sampled_from(("", "in memory", "in memory", "in value"))  # what is preferred
STAYS = st.sampled_from((False, True, True, True, True, True, True, True))
Shapes: TypeAlias = Callable[[int], st.SearchStrategy[tuple[Shape, ...]]]
Kind: TypeAlias = Callable[[Operation, tuple[Any, ...], bool], Hashable]


@cache
def _small(count: int) -> st.SearchStrategy[tuple[Shape, ...]]:
    return broadcastable_shapes(count, 3, 3)


@st.composite
def programs(
    draw: Any,
    operations: Iterable[str | Operation] | None = None,
    *,
    max_inputs: int = 3,
    max_instructions: int = 8,
    min_instructions: int = 1,
    dtypes: st.SearchStrategy[dtype] = USUAL,
    values: Values = ("few bits", "ties"),
    shapes: Shapes | None = None,
    requires_grad: bool | st.SearchStrategy[bool] = True,
    backward: bool = True,
    invalid: bool = False,
    beginning: Iterable[str | Operation] | None = None,
    kind_of: Kind | None = None,
) -> Program:
    """Programs of a few public operations on small tensors.

    Parameters
    ----------
    operations : those to draw from: operations, or names among `OPERATIONS`; None for them all
    max_inputs, max_instructions : how long programs get, `backward` not counted
    min_instructions : how many there are at least, if so many can be found
    dtypes : of the inputs
    values : of the inputs, as in `tensors`
    shapes : of the inputs, a strategy of all given how many; None for small ones that broadcast
    requires_grad : whether some of the inputs want gradients; a strategy says it of each
    backward : whether the last instruction may differentiate a result
    invalid : whether some instructions take operands that they may not fit
    beginning : operations to draw the first step from; None for the same as for the others
    kind_of : what tells uses apart, told the operation, the operands and whether a graph is kept:
        where an operation fits several operands, and with a graph or without one, it is used in
        a way that the program does not have yet; None for operands, now and then, that are rare
        in memory or in value

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import programs
    >>> drawn = programs(["exp", "mul", "sum", "add_"])
    >>> print(find(drawn, lambda program: program.instructions[-1].operation == "mul"))
    import torch
    <BLANKLINE>
    a = torch.tensor(0.0)
    b = torch.mul(a, a)

    In a failing example a program is its script.
    """
    table = _table(operations)
    sizes = draw((shapes or _small)(draw(st.integers(1, max_inputs))))
    given = draw(_inputs(sizes, dtypes, values, requires_grad))
    drawing = _Drawing(Program(given))
    lengths = range(min_instructions, max_instructions + 1)
    steps = draw(among([*lengths, *[max_instructions] * len(lengths)]))  # mostly long
    step = _step(drawing, table, invalid, min_instructions, kind_of)
    if beginning is not None:
        draw(_step(drawing, _table(beginning), invalid, min_instructions, kind_of))
    while drawing.may_go_on(steps, min_instructions):
        draw(step)
    assume(drawing.failed or not drawing.missing(min_instructions))
    if backward and not drawing.failed:
        draw(_backward(drawing))
    return Program(given, tuple(drawing.instructions)).tidied()


def _table(operations: Iterable[str | Operation] | None) -> st.SearchStrategy[Operation]:
    if operations is None:
        return _among_operations(tuple(OPERATIONS.values()))
    found = []
    for each in operations:
        if isinstance(each, str) and each not in OPERATIONS:
            raise ValueError(f"programs: operations has {each!r}, which is not in OPERATIONS")
        found.append(OPERATIONS[each] if isinstance(each, str) else each)
    if not found:
        raise ValueError("programs: operations is empty; expected names or operations")
    return _among_operations(tuple(found))


@lru_cache
def _among_operations(table: tuple[Operation, ...]) -> st.SearchStrategy[Operation]:
    return st.sampled_from(table)


class _Drawing:
    """A program as far as it was drawn, and what its variables hold in minigrad.

    What a step gives is known by the number of the step, not by its place among what there is:
    a step that is left out while an example shrinks leaves the choices of the others as they are.
    """

    def __init__(self, program: Program) -> None:
        self.instructions: list[Instruction] = []
        self.variables: dict[str, Any] = program.start(minigrad())
        self.numbers = {name: number for number, name in enumerate(self.variables)}
        self.kinds: set[Hashable] = set()  # of uses, if they are told apart
        self.begun = 0
        self.failed = False

    def may_go_on(self, steps: int, least: int) -> bool:
        """Whether there are steps left, some more of them where too few operations fitted."""
        extra = 4 * least if self.missing(least) else 0
        return not self.failed and self.begun < steps + extra

    def missing(self, least: int) -> bool:
        return len(self.instructions) < least

    def operands(self) -> dict[str, Tensor]:
        """What may be computed with: tensors, none of them large."""
        return {
            name: value
            for name, value in self.variables.items()
            if isinstance(value, Tensor) and value.numel() <= LARGEST and value.ndim <= MOST_DIMS
        }

    def candidates(self, operation: Operation) -> list[tuple[str, ...]]:
        """The names of all operands, modules or optimisers and tensors, where it takes them."""
        known = self.variables.items()
        modules = [name for name, value in known if isinstance(value, Module | Optimizer)]
        tensors = list(self.operands())
        pools = [modules] * operation.modules + [tensors] * (operation.arity - operation.modules)
        return list(itertools.product(*pools))

    def fitting(self, operation: Operation, in_graph: bool) -> list[tuple[str, ...]]:
        """The names of all operands that are valid together."""
        known = self.variables
        return [
            each
            for each in self.candidates(operation)
            if not (operation.writes and not _may_be_changed(known[each[0]], in_graph))
            and operation.fits(*(known[name] for name in each))
        ]

    def rare(self, tuples: Sequence[tuple[str, ...]], how: str) -> list[tuple[str, ...]]:
        """Those with an operand that is rare in memory or in value, or, there, of several dtypes.

        Left to chance they are few: what operations give is mostly contiguous, and plain.
        """
        tensors = self.operands()
        if how == "in value":
            special = {name for name, each in tensors.items() if _is_special(each)}
            return [each for each in tuples if not special.isdisjoint(each)]
        gaps = {name for name, each in tensors.items() if not each.array.flags.c_contiguous}
        dtypes = {name: each.dtype for name, each in tensors.items()}
        return [
            each
            for each in tuples
            if not gaps.isdisjoint(each)
            or len({dtypes[name] for name in each if name in dtypes}) > 1
        ]

    def kind(
        self, operation: Operation, names: tuple[str, ...], in_graph: bool, kind_of: Kind
    ) -> Hashable:
        return kind_of(operation, tuple(self.variables[name] for name in names), in_graph)

    def unlike(
        self,
        operation: Operation,
        tuples: list[tuple[str, ...]],
        in_graph: bool,
        kind_of: Kind,
    ) -> tuple[list[tuple[str, ...]], bool]:
        """Those of a kind that is not there yet, with a graph or without; else all of them."""
        for graph in (in_graph, not in_graph):
            new = [
                each
                for each in (tuples if graph == in_graph else self.fitting(operation, graph))
                if self.kind(operation, each, graph, kind_of) not in self.kinds
            ]
            if new:
                return new, graph
        return tuples, in_graph

    def chosen(self, draw: Any, tuples: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """One of several: the next one at or after a place that is drawn among all numbers.

        So it stays the same when others are no longer there.
        """
        sides = max(self.numbers.values()) + 1
        codes = {self._code(each, sides): each for each in tuples}
        place = draw(st.integers(0, sides ** len(tuples[0]) - 1))
        return codes[min((code for code in codes if code >= place), default=min(codes))]

    def _code(self, names: tuple[str, ...], sides: int) -> int:
        code = 0
        for name in names:
            code = code * sides + self.numbers[name]
        return code

    def set_seed(self) -> None:
        """What is random follows from a seed, which has to be set once before."""
        if not any(each.operation == "manual_seed" for each in self.instructions):
            seed = OPERATIONS["manual_seed"]
            self.add(Instruction(seed.name, seed.sources[0], (), {"seed": 0}), gives=False)

    def add(self, instruction: Instruction, gives: bool) -> None:
        """Run an instruction, name what it gives, and take it into the program."""
        names = {"torch": minigrad(), **self.variables}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compiled(str(instruction._replace(results=("result",) * gives))), names)
        except Exception:
            self.failed = True
        result = names.get("result")
        several = isinstance(result, tuple)
        made = list(result) if isinstance(result, tuple) else [result] if gives else []
        start = len(self.variables)
        results = tuple(variable_name(start + number) for number in range(len(made)))
        if not self.failed:
            self.variables |= zip(results, made, strict=True)
            first = MOST_INPUTS + MOST_RESULTS * self.begun
            self.numbers |= {name: first + each for each, name in enumerate(results)}
        self.instructions.append(instruction._replace(results=results, several=several))


def minigrad() -> Any:
    """The library itself, which is not there yet while this module is imported."""
    import minigrad

    return minigrad


def _is_special(tensor: Tensor) -> bool:
    """Whether squares of some elements overflow, or some are NaN, below normal ones, or -0."""
    array = tensor.array
    if array.dtype.kind != "f":
        return False
    limits, size = np.finfo(array.dtype), np.abs(array)
    tiny = (size < limits.tiny) & ((array != 0) | np.signbit(array))
    return bool(tiny.any() or not (size <= np.sqrt(limits.max)).all())


def _may_be_changed(tensor: Tensor, in_graph: bool) -> bool:
    """Whether a change in place is allowed: no memory twice, no leaf whose gradient is wanted."""
    if repeats(tensor) or not tensor.array.flags.writeable:
        return False
    base, forbidden = (
        tensor._base[0] if tensor._base else tensor,
        bool(tensor._base and tensor._base[2]),
    )
    wanted = in_graph and ((base.is_leaf and base.requires_grad) or forbidden)
    return not wanted and not (in_graph and tensor.is_leaf and tensor.requires_grad)


@st.composite
def _inputs(
    draw: Any,
    sizes: tuple[Shape, ...],
    dtypes: st.SearchStrategy[dtype],
    values: Values,
    requires_grad: bool | st.SearchStrategy[bool],
) -> tuple[Input, ...]:
    found: list[Input] = []
    if isinstance(requires_grad, bool):
        requires_grad = st.booleans() if requires_grad else st.just(False)
    for shape in sizes:
        of = draw(dtypes)
        array = draw(arrays(of.numpy, tuple(shape), elements_of(draw, values, of)))
        wanted = of.is_floating_point and draw(requires_grad)
        name = variable_name(len(found))
        found.append(Input(name, tuple(shape), of, array.tolist(), wanted))
    return tuple(found)


@st.composite
def _step(
    draw: Any,
    drawing: _Drawing,
    table: st.SearchStrategy[Operation],
    invalid: bool,
    min_instructions: int,
    kind_of: Kind | None,
) -> None:
    """Add an instruction, if one of the operations that are drawn fits anywhere."""
    drawing.begun += 1
    in_graph = draw(IN_GRAPH)
    for _ in range(ATTEMPTS):
        operation = draw(table)
        tuples = drawing.fitting(operation, in_graph)
        if tuples:
            break
    else:
        return
    if kind_of is not None:
        tuples, in_graph = drawing.unlike(operation, tuples, in_graph, kind_of)
    elif preferred := draw(RARE_FIRST):
        tuples = drawing.rare(tuples, preferred) or tuples
    operands = drawing.chosen(draw, tuples)
    known = drawing.variables
    strategies = operation.arguments(*(known[name] for name in operands))
    arguments = {name: draw(strategy) for name, strategy in strategies.items()}
    if invalid and draw(among((False, False, False, True))):
        # Arguments that are valid for some tensors, on others.
        operands = drawing.chosen(draw, drawing.candidates(operation))
    source = draw(among(operation.sources))
    # Asked for at the end: an example without this instruction consists of the same choices.
    if draw(STAYS) or drawing.missing(min_instructions):
        instruction = Instruction(operation.name, source, operands, arguments, in_graph=in_graph)
        if kind_of is not None:
            drawing.kinds.add(drawing.kind(operation, operands, in_graph, kind_of))
        if operation.random:
            drawing.set_seed()
        drawing.add(instruction, gives=operation.gives and not operation.writes)


@st.composite
def _backward(draw: Any, drawing: _Drawing) -> None:
    """Perhaps differentiate one of the results."""
    wanted = [(name,) for name, each in drawing.operands().items() if differentiable(each)]
    if wanted and draw(st.booleans()):
        drawing.add(Instruction("backward", BACKWARD, drawing.chosen(draw, wanted)), gives=False)


def _print(program: Program, printer: Any, cycle: bool) -> None:
    printer.text("<a program:")
    with printer.indent(4):
        for line in program.script().splitlines():
            printer.break_()
            printer.text(line)
    printer.break_()
    printer.text(">")


pretty.for_type_by_name(Program.__module__, Program.__qualname__, _print)
