"""The same elements under another shape."""

from __future__ import annotations

import numpy as np

from ..primitives import picking, views
from ..tensor import Tensor
from .conversion import clone
from .dimensions import axes_of, axis_of

Shape = tuple[int, ...]


def _inferred(x: Tensor, shape: Shape) -> Shape:
    """A shape with -1 filled in."""
    known = int(np.prod([size for size in shape if size != -1], dtype=np.int64))
    unknown = [position for position, size in enumerate(shape) if size == -1]
    divides = known != 0 and x.array.size % known == 0
    if len(unknown) == 1 and divides:
        position = unknown[0]
        return (*shape[:position], x.array.size // known, *shape[position + 1 :])
    if unknown or known != x.array.size:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {x.array.size}")
    return shape


def reshape(x: Tensor, shape: Shape) -> Tensor:
    """The same elements under another shape: a view where strides allow, else a copy."""
    if x.array.shape == shape:
        return x
    wanted = _inferred(x, shape)
    if not np.may_share_memory(x.array.reshape(wanted), x.array) and x.array.size:
        x = clone(x)
    return views.reshape(x, shape=wanted)


def view(x: Tensor, shape: Shape) -> Tensor:
    """The same memory under another shape, or an error."""
    wanted = _inferred(x, shape)
    if not np.may_share_memory(x.array.reshape(wanted), x.array) and x.array.size:
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one "
            "dimension spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    return views.reshape(x, shape=wanted)


def permute(x: Tensor, dims: Shape) -> Tensor:
    """The dimensions in another order."""
    axes = tuple(axis_of(x, dim) for dim in dims)
    if sorted(axes) != list(range(x.array.ndim)):
        raise RuntimeError(
            f"permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {x.array.ndim} is "
            f"not equal to len(dims) = {len(dims)}"
            if len(axes) != x.array.ndim
            else "permute(): duplicate dims are not allowed."
        )
    return views.permute(x, dims=axes)


def transpose(x: Tensor, dim0: int, dim1: int) -> Tensor:
    """Two dimensions exchanged."""
    dims = list(range(x.array.ndim))
    first, second = axis_of(x, dim0), axis_of(x, dim1)
    if dims:
        dims[first], dims[second] = dims[second], dims[first]
    return views.permute(x, named="TransposeBackward0", dims=tuple(dims))


def t(x: Tensor) -> Tensor:
    """A matrix transposed; with fewer dimensions there is nothing to do."""
    return views.permute(x, named="TBackward0", dims=tuple(reversed(range(x.array.ndim))))


def unsqueeze(x: Tensor, dim: int) -> Tensor:
    """A dimension of size 1 added at `dim`."""
    axis = axis_of(x, dim, extra=1)
    return picking.slice_(x, named="UnsqueezeBackward0", key=(*[slice(None)] * axis, None))


def squeeze(x: Tensor, dim: int | None = None) -> Tensor:
    """Without dimensions of size 1: all of them, or the one at `dim`."""
    chosen = axes_of(x, dim)
    removed = tuple(axis for axis in chosen if x.array.shape[axis] == 1)
    shape = tuple(n for axis, n in enumerate(x.array.shape) if axis not in removed)
    named = "SqueezeBackward0" if dim is None else "SqueezeBackward1"
    return views.reshape(x, named=named, shape=shape)


def expand(x: Tensor, sizes: Shape) -> Tensor:
    """Broadcast to a shape without copying; -1 keeps a dimension's size."""
    added = len(sizes) - x.array.ndim
    shape = tuple(
        x.array.shape[axis - added] if size == -1 and axis >= added else size
        for axis, size in enumerate(sizes)
    )
    try:
        np.broadcast_shapes(x.array.shape, shape)
        compatible = added >= 0 and np.broadcast_to(x.array, shape) is not None
    except ValueError:
        compatible = False
    if not compatible:
        raise RuntimeError(
            f"expand(minigrad.{x.dtype.scalar_type}Tensor{{{list(x.shape)}}}, size={list(sizes)}):"
            " the sizes do not broadcast"
        )
    return views.expand(x, shape=shape)
