"""What have programs met: which operation, on which dtype, layout and values, in which mode?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from minigrad import Tensor
from minigrad.nn import Module
from minigrad.testing import Program
from minigrad.testing.strategies import OPERATIONS
from minigrad.testing.strategies.operations.gradients import wants_gradient

NONE = "none"
DTYPES = ("float32", "float64", "int64", "bool", "mixed", NONE)
LAYOUTS = (
    "contiguous", "transposed", "every second", "expanded", "number", "empty", NONE,
)  # fmt: skip
VALUES = ("plain", "negative zero", "subnormal", "extreme", "infinite", "NaN", NONE)
MODES = ("gradient", "no gradient", "no_grad", "train", "eval")


class Cell(NamedTuple):
    """One kind of use of an operation."""

    operation: str
    dtype: str
    layout: str
    values: str
    mode: str


class Watch:
    """Notes what a program's instructions are given, as it is run."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.cells: Counter[Cell] = Counter()

    def __call__(self, line: int, names: Mapping[str, Any]) -> None:
        """Before a line is run: the inputs come first, an instruction is a line."""
        number = line - len(self.program.inputs)
        if number < 0:
            return
        instruction = self.program.instructions[number]
        if instruction.operation not in OPERATIONS:
            return
        operands = [names[name] for name in instruction.operands]
        cell = cell_of(instruction.operation, operands, instruction.in_graph)
        if ".eval()" in instruction.source:
            cell = cell._replace(mode="eval")
        self.cells[cell] += 1


def cell_of(operation: str, operands: Sequence[Any], in_graph: bool) -> Cell:
    """The kind of use that an operation on some operands is."""
    tensors = [each for each in operands if isinstance(each, Tensor)]
    return Cell(
        operation,
        dtype_of(tensors),
        of_the_rarest(map(layout_of, tensors), LAYOUTS),
        of_the_rarest(map(values_of, tensors), VALUES),
        mode_of(operands, in_graph),
    )


def of_the_rarest(found: Iterable[str], ordered: tuple[str, ...]) -> str:
    """Of several operands' kinds the one that stands last: it is the most special."""
    return max(found, key=ordered.index, default=NONE)


def dtype_of(tensors: list[Tensor]) -> str:
    names = {each.dtype.name for each in tensors}
    return names.pop() if len(names) == 1 else "mixed" if names else NONE


def layout_of(tensor: Tensor) -> str:
    array = tensor.array
    if array.size == 0:
        return "empty"
    if array.ndim == 0:
        return "number"
    if any(step == 0 and size > 1 for step, size in zip(array.strides, array.shape, strict=True)):
        return "expanded"
    if array.flags.c_contiguous:
        return "contiguous"
    return "transposed" if array.flags.f_contiguous else "every second"


def values_of(tensor: Tensor) -> str:
    """The most special of its elements."""
    array = tensor.array
    if array.dtype.kind != "f" or array.size == 0:
        return VALUES[0]
    limits = np.finfo(array.dtype)
    size = np.abs(array)
    largest = size.max()
    if largest != largest:
        return "NaN"
    if largest == np.inf:
        return "infinite"
    if largest > np.sqrt(limits.max):
        return "extreme"
    zeros = array == 0
    if ((size < limits.tiny) & ~zeros).any():
        return "subnormal"
    return "negative zero" if (zeros & np.signbit(array)).any() else VALUES[0]


def mode_of(operands: Sequence[Any], in_graph: bool) -> str:
    for each in operands:
        if isinstance(each, Module):
            return "train" if each.training else "eval"
    if not in_graph:
        return "no_grad"
    tensors = [each for each in operands if isinstance(each, Tensor)]
    return "gradient" if any(map(wants_gradient, tensors)) else "no gradient"
