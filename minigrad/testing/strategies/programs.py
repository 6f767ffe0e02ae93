"""Random programs: which operations, on which of the tensors made so far, in which order?

A program is run by minigrad while it is drawn, so that the next instruction can be one that is
valid for the shapes and dtypes there are. What raises all the same stays in the program, as its
last instruction: whoever runs it sees the error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, TypeAlias

from hypothesis import assume, strategies as st
from hypothesis.vendor import pretty

from ... import dtypes as all_of_them
from ...dtypes import dtype, float32, float64
from ..programs import Input, Instruction, Program, variable_name
from .choices import among, arrays
from .drawing import Drawing, Kind
from .operations import OPERATIONS, Operation
from .operations.gradients import WEIGHTS, differentiable
from .shapes import Shape, broadcastable_shapes
from .tensors import Values, elements_of

ATTEMPTS = 3  # operations to draw in a step, until one fits what there is
BACKWARD = f"{{0}}.backward({WEIGHTS})"
USUAL = st.sampled_from((float32, float64, float32, float64, *all_of_them.ALL[2:]))
IN_GRAPH = st.sampled_from((True, True, True, True, True, False))
RARE_FIRST = st.sampled_from(("", "in memory", "in memory", "in value"))  # what is preferred
STAYS = st.sampled_from((False, True, True, True, True, True, True, True))
Shapes: TypeAlias = Callable[[int], st.SearchStrategy[tuple[Shape, ...]]]


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
    drawing = Drawing(Program(given))
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
    drawing: Drawing,
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
def _backward(draw: Any, drawing: Drawing) -> None:
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
