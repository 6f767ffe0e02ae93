"""How do operands that are broadcast come to kernels that go from element to element?

One number stays one: such kernels know what to do with it. A row or a column is written out first
where little is to be written; much of it NumPy broadcasts faster, without a copy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..kernels.kernel import Array, Vector, kernel
from ..launch import empty, launch
from ..matrices.lines import Lines

Shape = tuple[int, ...]

MOST_WRITTEN_OUT = 1 << 14  # elements: some 2 µs


@kernel(writes=("out",), flops=0)
def write_out(x: Vector, out: Lines) -> None:
    """Element k of x in all of out[:, k, :]."""
    before, n, after = out.shape
    for b in range(before):
        for k in range(n):
            for a in range(after):
                out[b, k, a] = x[k]


def for_kernels(operands: Sequence[Array], shape: Shape) -> list[Array] | None:
    """Operands of one floating-point dtype, each of the shape or one number; None for others."""
    kind = operands[0].dtype
    if kind.kind != "f":
        return None
    if all(each.dtype is kind and each.shape == shape and each.flags.carray for each in operands):
        return list(operands)
    spans: list[Shape | None] = []
    given = []
    for each in operands:
        if each.dtype is not kind:
            return None
        spans.append(None)
        if each.shape != shape or not each.flags.carray:
            each = _without_repetition(each)
            spans[-1] = None if each.size == 1 else _lines(each, shape)
            if not each.flags.carray or (each.size != 1 and spans[-1] is None):
                return None
        given.append(each)
    return [
        each if lines is None else _written_out(each, lines, shape)
        for each, lines in zip(given, spans, strict=True)
    ]


def _without_repetition(operand: Array) -> Array:
    """What an expanded operand was before it was expanded."""
    if 0 not in operand.strides:
        return operand
    return operand[tuple(slice(None) if step else slice(0, 1) for step in operand.strides)]


def _lines(operand: Array, shape: Shape) -> Shape | None:
    """The shape as three dimensions, of which the operand has the second: a row has the last."""
    if not 0 < math.prod(shape) <= MOST_WRITTEN_OUT:
        return None
    sizes = (1,) * (len(shape) - operand.ndim) + operand.shape
    own = [axis for axis, size in enumerate(sizes) if size != 1]
    first, last = own[0], own[-1] + 1
    if sizes[first:last] != shape[first:last]:
        return None
    return math.prod(shape[:first]), operand.size, math.prod(shape[last:])


def _written_out(operand: Array, lines: Shape, shape: Shape) -> Array:
    out = empty(shape, operand.dtype)
    launch(write_out, operand.reshape(-1), out.reshape(lines))
    return out
