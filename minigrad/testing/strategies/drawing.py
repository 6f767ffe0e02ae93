"""What is there of a program that is being drawn, and on what can its next operation be used?"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st

from ...nn import Module
from ...optim import Optimizer
from ...tensor import Tensor
from ..programs import Instruction, Program, compiled, variable_name
from .operations import OPERATIONS, Operation
from .operations.conditions import repeats

MOST_INPUTS, MOST_RESULTS = 8, 8  # numbers kept for inputs, and for what one step gives
LARGEST, MOST_DIMS = 64, 4  # of an operand: what is larger is made and left alone
Kind: TypeAlias = Callable[[Operation, tuple[Any, ...], bool], Hashable]


class Drawing:
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
