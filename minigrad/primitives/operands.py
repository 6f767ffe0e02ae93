"""How do operands that are broadcast come to kernels that go from element to element?

One number stays one: such kernels know what to do with it. A row or a column NumPy broadcasts
faster, without a copy, and goes through what lies apart in memory; but while a step is recorded
these are written out first, a row where it is short, as a replay would have to come back to Python
for NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .. import arrays
from ..kernels.kernel import Array, Vector, kernel
from ..launch import empty, launch, observer
from ..matrices.lines import Lines

Shape = tuple[int, ...]

MOST_WRITTEN_OUT = 1 << 14  # elements: some 7 µs, as much as coming back to Python


@kernel(writes=("out",), flops=0)
def write_out(x: Vector, out: Lines) -> None:
    """Element k of x in all of out[:, k, :]."""
    before, n, after = out.shape
    for b in range(before):
        for k in range(n):
            for a in range(after):
                out[b, k, a] = x[k]


def for_kernels(operands: Sequence[Array], shape: Shape) -> Sequence[Array] | None:
    """Operands of one floating-point dtype, each of the shape or one number; None for others."""
    kind = operands[0].dtype
    if kind.kind != "f":
        return None
    for each in operands:
        if (each.shape != shape and each.size != 1) or each.dtype is not kind:
            break
        if not each.flags.carray:
            break
    else:
        return operands
    if observer() is None and any(each.size != 1 and each.shape != shape for each in operands):
        return None
    found = []
    for each in operands:
        own = _without_repetition(each)
        if each.dtype is not kind or not (own.flags.carray or observer()):
            return None
        own = arrays.contiguous(own)
        found.append((own, None if own.size == 1 or own.shape == shape else _lines(own, shape)))
    if any(own.size != 1 and own.shape != shape and not lines for own, lines in found):
        return None
    return [_written_out(own, lines, shape) if lines else own for own, lines in found]


def _without_repetition(operand: Array) -> Array:
    """What an expanded operand was before it was expanded."""
    if 0 not in operand.strides:
        return operand
    return operand[tuple(slice(None) if step else slice(0, 1) for step in operand.strides)]


def _lines(operand: Array, shape: Shape) -> Shape | None:
    """The shape as three dimensions, of which the operand has the second: a row has the last."""
    if observer() is None or not 0 < math.prod(shape) <= MOST_WRITTEN_OUT:
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
