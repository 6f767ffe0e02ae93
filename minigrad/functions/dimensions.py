"""Which axes do the dimensions mean that a caller names?"""

from __future__ import annotations

from collections.abc import Sequence

from ..tensor import Tensor

Shape = tuple[int, ...]


def axis_of(x: Tensor, dim: int, extra: int = 0) -> int:
    """A dimension as a position from the left."""
    ndim = max(x.array.ndim + extra, 1)
    if not -ndim <= dim < ndim:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], "
            f"but got {dim})"
        )
    return dim % ndim


def axes_of(x: Tensor, dim: int | Sequence[int] | None) -> Shape:
    if dim is None or (not isinstance(dim, int) and len(dim) == 0):
        return tuple(range(x.array.ndim))
    if isinstance(dim, int):
        return (axis_of(x, dim),) if x.array.ndim else ()
    axes = tuple(axis_of(x, each) for each in dim)
    for axis in axes:
        if axes.count(axis) > 1:
            raise RuntimeError(f"dim {axis} appears multiple times in the list of dims")
    return axes
