"""What is the simplest program on which something still fails?

Hypothesis makes an example simpler choice by choice, so it may be left with an instruction that
could go if another one were given other operands at once. A program is data: here whole parts of
it are taken away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from .programs import Input, Instruction, Program


def reduced(program: Program, fails: Callable[[Program], bool]) -> Program:
    """Leave out and make simpler what can be, one thing at a time, as long as `fails` is true.

    Parameters
    ----------
    program : one for which `fails` is true
    fails : takes a program; where its instructions raise, it must decide what that means

    Examples
    --------
    >>> from minigrad import float32
    >>> from minigrad.testing import Input, Instruction, Program, reduced
    >>> program = Program(
    ...     (Input("a", (2,), float32, [3.0, 4.0], requires_grad=True),),
    ...     (
    ...         Instruction("exp", "{0}.exp()", ("a",), results=("b",)),
    ...         Instruction("sum", "{0}.sum()", ("b",), results=("c",)),
    ...     ),
    ... )
    >>> print(reduced(program, lambda each: "sum()" in str(each)))
    import torch
    <BLANKLINE>
    a = torch.tensor(0.0)
    b = a.sum()
    """
    if not fails(program):
        raise ValueError("reduced: program must be one for which fails(program) is true")
    while True:
        simpler = next((each for each in _simpler(program) if fails(each)), None)
        if simpler is None:
            return program
        program = simpler


def _simpler(program: Program) -> Iterator[Program]:
    """Programs that are one thing simpler, those that are much simpler first."""
    for at in range(len(program.instructions))[::-1]:
        yield _without(program, at)
    for at, instruction in enumerate(program.instructions):
        for changed in _simpler_instructions(program, at, instruction):
            yield Program(program.inputs, _replaced(program.instructions, at, changed)).tidied()
    for at, given in enumerate(program.inputs):
        for simpler in _simpler_inputs(given):
            yield Program(_replaced(program.inputs, at, simpler), program.instructions)


def _replaced(parts: tuple[Any, ...], at: int, part: Any) -> tuple[Any, ...]:
    return (*parts[:at], part, *parts[at + 1 :])


def _without(program: Program, at: int) -> Program:
    """Leave out an instruction, and those that need what it gives."""
    gone: set[str] = set()
    kept = []
    for number, instruction in enumerate(program.instructions):
        if number == at or gone & set(instruction.operands):
            gone |= set(instruction.results)
        else:
            kept.append(instruction)
    return Program(program.inputs, tuple(kept)).tidied()


def _simpler_instructions(
    program: Program, at: int, instruction: Instruction
) -> Iterator[Instruction]:
    """With operands that were there earlier, and in the graph."""
    earlier = [each.name for each in program.inputs]
    earlier += [name for each in program.instructions[:at] for name in each.results]
    for place, operand in enumerate(instruction.operands):
        for name in earlier[: earlier.index(operand)]:
            yield instruction._replace(operands=_replaced(instruction.operands, place, name))
    if not instruction.in_graph:
        yield instruction._replace(in_graph=True)


def _simpler_inputs(given: Input) -> Iterator[Input]:
    """A number instead of a tensor, fewer elements, no gradient, simple values."""
    if given.requires_grad:
        yield given._replace(requires_grad=False)
    if given.shape:
        yield given._replace(
            shape=(), values=_first(given.values, given.dtype.numpy.type(0).item())
        )
    for dim, side in enumerate(given.shape):
        if side > 1:
            shape = (*given.shape[:dim], side - 1, *given.shape[dim + 1 :])
            yield given._replace(shape=shape, values=_shortened(given.values, dim))
    for simple in (0, 1):
        values = _filled(given.values, given.dtype.numpy.type(simple).item())
        if math.prod(given.shape) and _distance(values) < _distance(given.values):
            yield given._replace(values=values)


def _first(values: Any, otherwise: Any) -> Any:
    while isinstance(values, list):
        if not values:
            return otherwise
        values = values[0]
    return values


def _shortened(values: list[Any], dim: int) -> list[Any]:
    return values[:-1] if dim == 0 else [_shortened(each, dim - 1) for each in values]


def _filled(values: Any, number: Any) -> Any:
    if isinstance(values, list):
        return [_filled(each, number) for each in values]
    return number


def _distance(values: Any) -> float:
    """How far values are from 0, together; what is not finite is farthest."""
    if isinstance(values, list):
        return sum(map(_distance, values))
    return abs(float(values)) if math.isfinite(values) else math.inf
