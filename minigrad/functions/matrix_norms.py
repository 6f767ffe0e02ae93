"""Norms of matrices, by what `norm` calls them."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..primitives import singular_values, views
from ..tensor import Tensor
from .dimensions import Dims, axis_of
from .norm_arguments import converted, require_floating
from .sizes import dimensions


def matrix_norm(x: Tensor, p: str, dim: Dims, keepdim: bool, dtype: dtypes.dtype | None) -> Tensor:
    """The sum of singular values over two dimensions, which is all that `p` may ask for."""
    if p not in ("fro", "nuc"):
        raise RuntimeError(f"linalg.matrix_norm: Order {p} not supported.")
    axes = _pair(x, tuple(range(x.array.ndim)) if dim is None else dim)
    if dtype is not None:
        x = converted(x, dtype, "linalg.matrix_norm")
    order = (*(axis for axis in range(x.array.ndim) if axis not in axes), *axes)
    found = singular_values.nuclear_norm(views.permute(x, dims=order), named="SumBackward1")
    if not keepdim:
        return found
    kept = views.reshape(found, shape=(*found.array.shape, 1, 1))
    return views.permute(kept, dims=tuple(np.argsort(order).tolist()))


def _pair(x: Tensor, dim: Any) -> tuple[int, int]:
    """The two dimensions that a matrix has."""
    function = "linalg.matrix_norm"
    named = dimensions((dim,) if isinstance(dim, int) else dim, "dim")
    if x.array.ndim < 2:
        raise RuntimeError(f"{function}: The input tensor A must have at least 2 dimensions.")
    require_floating(x, function)
    if len(named) != 2:
        told = " ".join(map(str, named))
        raise RuntimeError(f"{function}: dim must be a 2-tuple. Got {told}")
    rows, columns = (axis_of(x, each) for each in named)
    if rows == columns:
        raise RuntimeError(f"{function}: dims must be different. Got ({rows}, {columns})")
    return rows, columns
