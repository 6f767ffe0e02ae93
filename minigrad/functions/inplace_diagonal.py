"""One number written along a diagonal, in place."""

from __future__ import annotations

import numpy as np

from ..tensor import Number, Tensor, tensor_of
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
    line = target
    while line.array.ndim > 1:
        line = diagonal(line)
    fill_(line, value)
    period = shape[1] + 1  # there is an empty row before it begins again
    if wrap and len(shape) == 2 and shape[0] > period:
        rows = np.arange(period, shape[0])
        rows = rows[rows % period < shape[1]]
        target[tensor_of(rows), tensor_of(rows % period)] = value
    return target
