"""One number written along a diagonal, in place."""

from __future__ import annotations

from ..tensor import Number, Tensor
from .arguments import number
from .dimensions import require_bool
from .inplace import fill_
from .rearranging import diagonal


def fill_diagonal_(target: Tensor, fill_value: Number, wrap: bool) -> Tensor:
    """Fill the diagonal; with `wrap`, that of a tall matrix begins again under its end."""
    value = number(fill_value, "fill_diagonal_", "fill_value", 1)
    require_bool(wrap, "fill_diagonal_", "wrap")
    shape = target.array.shape
    if len(shape) < 2:
        raise RuntimeError(f"dimensions must larger than 1, but got {len(shape)}")
    if len(shape) > 2 and len(set(shape)) > 1:
        raise RuntimeError(f"all dimensions of input must be of equal length, got {list(shape)}")
    again = wrap and len(shape) == 2  # under an empty row
    blocks = [target[row:] for row in range(0, shape[0], shape[1] + 1)] if again else [target]
    for part in blocks:
        line = part
        while line.array.ndim > 1:
            line = diagonal(line)
        fill_(line, value)
    return target
