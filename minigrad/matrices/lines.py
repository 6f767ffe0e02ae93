"""An array as lines along one of its dimensions, whichever that is: what softmax works on."""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

import numpy as np

from ..functions.arguments import require_floating
from ..kernels.elementary_float32 import exp_of_falling as exp_of_falling_float32
from ..kernels.intrinsics import exactly, exactly_there, is_float32, rounded_like
from ..kernels.kernel import Array, Operand
from ..kernels.lanes import LANES
from ..kernels.pairs import pair_of_any_sum
from ..kernels.reshaping import with_shape
from ..kernels.sums import largest_of, total_and_ones, total_of, totals_of_weighted
from ..kernels.wide import exp_of_falling
from ..launch import empty, launch
from ..tensor import Tensor, tensor_of

# A kernel's operand (before, n, after): lines[b, :, a] is one line, of n elements.
BLOCK = 1024  # elements of a line that are worked on at a time
SHORT = 32  # elements of a line: fewer are no work for a loop of their own
# What is added to a 1 in float64 loses less than 2^-30 of itself if it is more than this: nothing
# to a float32, but a float64 can only be added to what is not larger.
CERTAIN = 2.0**-23

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

    A short loop ends before the processor is at full speed: powers and sums of lines of 64 take
    2.3 ns an element line by line, and 0.74 in blocks of sixteen, on one core of an Intel Xeon.
    """
    return max(BLOCK // max(x.shape[1], 1), 1)


@exactly  # type: ignore[untyped-decorator]
def read(x: Array, i: int, count: int, begin: int, memory: Array) -> Array:
    """A block of lines from i on, one after another; its numbers are not to be changed.

    Of a line longer than a block only what follows its element `begin`. They are where they lie
    in `x`, or copied into memory of its dtype where the elements of a line lie apart: all other
    loops are over neighbours, which vectors take.
    """
    block = place(x, i, count, begin, memory)
    if x.shape[2] > 1:
        width = block.size // count
        for j in range(count):
            apart = _line(x, i + j, begin)
            for k in range(width):
                block[j * width + k] = apart[k]
    return block


@exactly  # type: ignore[untyped-decorator]
def place(x: Array, i: int, count: int, begin: int, memory: Array) -> Array:
    """Where the same block is written to: its place in `x`, or memory for `write`."""
    n = x.shape[1]
    size = count * min(BLOCK, n - begin)
    if x.shape[2] == 1:
        return with_shape(x, (x.size,))[i * n + begin : i * n + begin + size]
    return memory[:size]


@exactly  # type: ignore[untyped-decorator]
def write(block: Array, x: Array, i: int, count: int, begin: int) -> None:
    """Copy a block that was written elsewhere into the lines that it is of."""
    if x.shape[2] > 1:
        width = block.size // count
        for j in range(count):
            apart = _line(x, i + j, begin)
            for k in range(width):
                apart[k] = block[j * width + k]


@exactly  # type: ignore[untyped-decorator]
def _line(x: Array, i: int, begin: int) -> Array:
    """A view of a line from its element `begin` on."""
    n, after = x.shape[1], x.shape[2]
    return with_shape(x, (x.size,))[(i // after * n + begin) * after + i % after :: after]


@exactly  # type: ignore[untyped-decorator]
def exponentials(x: Array, i: int, count: int, memory: Array, norms: Array, powers: Array) -> Any:
    """Of each of some lines the largest element, and the sum of e^(x - largest) of the others.

    In float64. The largest is taken off so that no power overflows and not all of them vanish.
    They are added up as they are rounded to the dtype of `powers`, and stay there unless the lines
    are longer than a block.
    """
    largest, sums = norms[:count], norms[BLOCK:][:count]
    largest[:], sums[:] = -np.inf, 0.0
    for begin in range(0, x.shape[1], BLOCK):
        numbers = read(x, i, count, begin, memory)
        width = numbers.size // count
        for j in range(count):
            largest[j] = max(largest[j], largest_of(numbers[j * width : (j + 1) * width]))
    for begin in range(0, x.shape[1], BLOCK):
        add_lines(powers_of(x, i, count, begin, largest, memory, powers), sums)
    certain = CERTAIN if is_float32(x.dtype.type(0)) else 1.0
    for j in range(count):
        sums[j] -= 1.0  # the largest's own
        if sums[j] <= certain:
            sums[j] = _sum_of_others(x, i, count, j, largest, memory, powers)
    return largest, sums


@exactly  # type: ignore[untyped-decorator]
def _sum_of_others(
    x: Array, i: int, count: int, j: int, largest: Array, memory: Array, powers: Array
) -> float:
    """The sum of line j of some, without a 1 that what is small would be lost beside."""
    sum, ones, n = 0.0, 0.0, x.shape[1]
    for begin in range(0, n, BLOCK):
        width = min(BLOCK, n - begin)
        if n > BLOCK:
            powers_of(x, i, count, begin, largest, memory, powers)
        total, equal_to_1 = total_and_ones(powers[j * width : (j + 1) * width])
        sum += total
        ones += equal_to_1
    return sum + (ones - 1.0)


@exactly  # type: ignore[untyped-decorator]
def powers_of(
    x: Array, i: int, count: int, begin: int, largest: Array, memory: Array, out: Array
) -> Array:
    """e^(x - largest) of a block of lines, in the first elements of `out`, and in its dtype."""
    numbers = read(x, i, count, begin, memory)
    powers, width = out[: numbers.size], numbers.size // count
    if width < SHORT:
        own = memory[2 * BLOCK :][: numbers.size]
        for j in range(count):
            own[j * width : (j + 1) * width] = largest[j]
        _powers_beside(numbers, own, powers)
        return powers
    for j in range(count):
        line = slice(j * width, (j + 1) * width)
        _powers(numbers[line], largest[j], powers[line])
    return powers


@exactly  # type: ignore[untyped-decorator]
def _powers(numbers: Array, largest: float, powers: Array) -> None:
    like = powers.dtype.type(0)
    for k in range(numbers.size):
        powers[k] = power(numbers[k], largest, like)


@exactly  # type: ignore[untyped-decorator]
def _powers_beside(numbers: Array, largest: Array, powers: Array) -> None:
    """The same of several lines in one loop, each element beside its line's largest."""
    like = powers.dtype.type(0)
    for k in range(numbers.size):
        powers[k] = power(numbers[k], largest[k], like)


@exactly_there  # type: ignore[untyped-decorator]
def power(number: Any, largest: Any, like: Any) -> Any:
    """e^(number - largest), computed in the dtype of `like`, the number's or float64."""
    if is_float32(like):
        return exp_of_falling_float32(*pair_of_any_sum(number, -rounded_like(like, largest)))
    return rounded_like(like, exp_of_falling(np.float64(number) - largest, number))


@exactly  # type: ignore[untyped-decorator]
def add_lines(numbers: Array, totals: Array) -> None:
    """Add the numbers of each line of a block to its total."""
    width = numbers.size // totals.size
    for j in range(totals.size):
        totals[j] += total_of(numbers[j * width : (j + 1) * width])


@exactly  # type: ignore[untyped-decorator]
def add_weighted(numbers: Array, weights: Array, sums: Array, totals: Array) -> None:
    """Add the numbers of each line of a block, weighted, to its sum, the weights to its total."""
    width = numbers.size // totals.size
    for j in range(totals.size):
        line = slice(j * width, (j + 1) * width)
        sum, total = totals_of_weighted(numbers[line], weights[line])
        sums[j] += sum
        totals[j] += total


def flops(x: Array, of_each: int, of_line: int, of_lanes: int) -> int:
    """The operations of a kernel on lines: on each element, line and eight elements of a line."""
    side_by_side = -(-x.shape[1] // LANES)
    return of_each * x.size + x.shape[0] * x.shape[2] * (of_line + of_lanes * side_by_side)


def require_floating_lines(x: Tensor, dim: int, function: str) -> None:
    """Raise for integers, in PyTorch's words, which tell the last dimension from others."""
    last = "_lastdim" if dim == max(x.array.ndim - 1, 0) else ""
    require_floating(x, f"{function}{last}_kernel_impl")


def largest_along(x: Tensor, dim: int) -> Tensor:
    """The largest element of each line, a constant: what definitions take off."""
    shape = x.array.shape
    largest = empty((*shape[:dim], 1, *shape[dim + 1 :])[: len(shape)], x.array.dtype)
    launch(_largest, x.array, dim, largest)
    return tensor_of(largest)


def _largest(x: Array, dim: int, out: Array) -> None:
    if x.size:
        np.max(x, axis=dim if x.ndim else None, keepdims=True, out=out)
