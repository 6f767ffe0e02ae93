"""An array as lines along one of its dimensions, whichever that is: what softmax works on."""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

import numpy as np

from ..functions.arguments import require_floating
from ..kernels.elementary import exactly
from ..kernels.kernel import Array, Operand
from ..kernels.reshaping import with_shape
from ..kernels.sums import largest_of, total_and_ones, total_of, total_of_products
from ..kernels.wide import exp_of_falling
from ..launch import empty, launch
from ..tensor import Tensor

# A kernel's operand (before, n, after): lines[b, :, a] is one line, of n elements.
BLOCK = 512  # elements of a line that are worked on at a time

Lines: TypeAlias = Annotated[Array, Operand(3)]


def lines_along(array: Array, dim: int) -> Array:
    """A view (before, n, after) of a C-contiguous array; a single number is a line of one."""
    shape = array.shape or (1,)
    return array.reshape(math.prod(shape[:dim]), shape[dim], math.prod(shape[dim + 1 :]))


@exactly  # type: ignore[untyped-decorator]
def number_of(x: Array) -> int:
    """How many lines there are."""
    return x.shape[0] * x.shape[2]


@exactly  # type: ignore[untyped-decorator]
def together(x: Array) -> int:
    """How many lines are worked on together: as many as make a block.

    A short loop ends before the processor is at full speed: softmax of lines of 64 takes 2.9 ns an
    element in blocks of two lines, and 1.9 in blocks of eight, on one core of an AMD EPYC.
    """
    return max(BLOCK // max(x.shape[1], 1), 1)


@exactly  # type: ignore[untyped-decorator]
def read(x: Array, i: int, count: int, begin: int, memory: Array) -> Array:
    """Copy a block of lines from i on into memory of float64, one after another.

    Of a line longer than a block only what follows its element `begin`. However the lines lie, all
    other loops are over neighbours in memory, which vectors take.
    """
    n, after = x.shape[1], x.shape[2]
    width = min(BLOCK, n - begin)
    numbers = memory[: count * width]
    if after == 1:
        neighbours = with_shape(x, (x.size,))[i * n + begin : i * n + begin + numbers.size]
        for k in range(numbers.size):
            numbers[k] = neighbours[k]
    else:
        for j in range(count):
            apart, line = _line(x, i + j, begin), numbers[j * width : (j + 1) * width]
            for k in range(width):
                line[k] = apart[k]
    return numbers


@exactly  # type: ignore[untyped-decorator]
def write(numbers: Array, x: Array, i: int, count: int, begin: int) -> None:
    """Copy a block, rounded, into the lines that it is of."""
    n, after = x.shape[1], x.shape[2]
    width = min(BLOCK, n - begin)
    if after == 1:
        neighbours = with_shape(x, (x.size,))[i * n + begin : i * n + begin + numbers.size]
        for k in range(numbers.size):
            neighbours[k] = numbers[k]
    else:
        for j in range(count):
            apart, line = _line(x, i + j, begin), numbers[j * width : (j + 1) * width]
            for k in range(width):
                apart[k] = line[k]


@exactly  # type: ignore[untyped-decorator]
def _line(x: Array, i: int, begin: int) -> Array:
    """A view of a line from its element `begin` on."""
    n, after = x.shape[1], x.shape[2]
    return with_shape(x, (x.size,))[(i // after * n + begin) * after + i % after :: after]


@exactly  # type: ignore[untyped-decorator]
def exponentials(x: Array, i: int, count: int, memory: Array) -> Any:
    """Of each of some lines the largest element, and the sum of e^(x - largest) of the others.

    In float64. The largest is taken off so that no power overflows and not all of them vanish. Its
    own power is a 1 that the sum leaves out: added to it, small ones would be lost. The powers
    are left in the memory, unless the lines are longer than a block.
    """
    largest, sums = memory[BLOCK:][:count], memory[2 * BLOCK :][:count]
    ones = memory[3 * BLOCK :][:count]
    largest[:], sums[:], ones[:] = -np.inf, 0.0, 0.0
    for begin in range(0, x.shape[1], BLOCK):
        numbers = read(x, i, count, begin, memory)
        width = numbers.size // count
        for j in range(count):
            largest[j] = max(largest[j], largest_of(numbers[j * width : (j + 1) * width]))
    for begin in range(0, x.shape[1], BLOCK):
        if x.shape[1] > BLOCK:
            read(x, i, count, begin, memory)
        powers = memory[: count * min(BLOCK, x.shape[1] - begin)]
        turn_into_powers(powers, largest, x.dtype.type(0))
        width = powers.size // count
        for j in range(count):
            total, equal_to_1 = total_and_ones(powers[j * width : (j + 1) * width])
            sums[j] += total
            ones[j] += equal_to_1
    for j in range(count):
        sums[j] += ones[j] - 1.0
    return largest, sums


@exactly  # type: ignore[untyped-decorator]
def powers_of(x: Array, i: int, count: int, begin: int, largest: Array, memory: Array) -> Array:
    """e^(x - largest) of a block of lines."""
    numbers = read(x, i, count, begin, memory)
    turn_into_powers(numbers, largest, x.dtype.type(0))
    return numbers


@exactly  # type: ignore[untyped-decorator]
def turn_into_powers(numbers: Array, largest: Array, like: Any) -> None:
    """The same of a block that has been read, in its place."""
    subtract_from_lines(numbers, largest)
    for k in range(numbers.size):
        numbers[k] = exp_of_falling(numbers[k], like)


@exactly  # type: ignore[untyped-decorator]
def add_lines(numbers: Array, totals: Array) -> None:
    """Add the numbers of each line of a block to its total."""
    width = numbers.size // totals.size
    for j in range(totals.size):
        totals[j] += total_of(numbers[j * width : (j + 1) * width])


@exactly  # type: ignore[untyped-decorator]
def add_products(numbers: Array, factors: Array, totals: Array) -> None:
    """Add the numbers of each line of a block, each with its factor, to the line's total."""
    width = numbers.size // totals.size
    for j in range(totals.size):
        line = slice(j * width, (j + 1) * width)
        totals[j] += total_of_products(numbers[line], factors[line])


@exactly  # type: ignore[untyped-decorator]
def subtract_from_lines(numbers: Array, subtracted: Array) -> None:
    """Subtract from each line of a block what is its own."""
    width = numbers.size // subtracted.size
    for j in range(subtracted.size):
        line, number = numbers[j * width : (j + 1) * width], subtracted[j]
        for k in range(width):
            line[k] -= number


@exactly  # type: ignore[untyped-decorator]
def scale_lines(numbers: Array, factors: Array) -> None:
    """Multiply each line of a block with its factor."""
    width = numbers.size // factors.size
    for j in range(factors.size):
        line, factor = numbers[j * width : (j + 1) * width], factors[j]
        for k in range(width):
            line[k] = line[k] * factor


def require_floating_lines(x: Tensor, dim: int, function: str) -> None:
    """Raise for integers, in PyTorch's words, which tell the last dimension from others."""
    last = "_lastdim" if dim == max(x.array.ndim - 1, 0) else ""
    require_floating(x, f"{function}{last}_kernel_impl")


def largest_along(x: Tensor, dim: int) -> Tensor:
    """The largest element of each line, a constant: what definitions take off."""
    shape = x.array.shape
    largest = empty((*shape[:dim], 1, *shape[dim + 1 :])[: len(shape)], x.array.dtype)
    launch(_largest, x.array, dim, largest)
    return Tensor(largest)


def _largest(x: Array, dim: int, out: Array) -> None:
    if x.size:
        np.max(x, axis=dim if x.ndim else None, keepdims=True, out=out)
