"""Norms of vectors."""

from __future__ import annotations

import math
from typing import Any

from .. import dtypes
from ..primitives import norms
from ..tensor import Tensor
from . import arguments
from .dimensions import Dims, axes_of, require_keepdim
from .promotion import as_tensor_of


def norm(
    input: Tensor,
    p: float | str | None = "fro",
    dim: Dims = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """Give (Σ |x|ᵖ)^(1/p) over dimensions, all by default.

    Parameters
    ----------
    input : Tensor
        Of floating point.
    p : number or "fro"
        "fro", Frobenius's norm, is that of p = 2. Infinity gives the largest magnitude, minus
        infinity the smallest, 0 how many elements are not 0.
    dim, keepdim, dtype :
        As for `sum`; dtype of floating point, too.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.norm(torch.tensor([3.0, 4.0]))
    tensor(5.)
    >>> torch.norm(torch.tensor([3.0, -4.0]), p=1)
    tensor(7.)
    """
    arguments.require_method(input, "layout")
    order = _order(p)
    require_keepdim(keepdim, "norm")
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
            f"{input.dtype.scalar_type}"
        )
    if isinstance(p, str) and isinstance(dim, (tuple, list)) and len(dim) > 2:
        raise RuntimeError(f"linalg.matrix_norm: dim must be a 2-tuple. Got {list(dim)}")
    x = input if dtype is None else _converted(input, dtypes.as_dtype(dtype, "norm"))
    axes = axes_of(x, dim)
    if order < 0 or math.isinf(order):
        _require_elements(x, axes, order)
    if math.isnan(order) and x.array.size == 0:
        order = 2.0  # of nothing PyTorch has a norm even then: 0
    return norms.norm(x, p=order, axes=axes, keepdim=keepdim)


def _order(p: Any) -> float:
    if p is None:
        return 2.0
    if isinstance(p, str):
        if p == "fro":
            return 2.0
        raise RuntimeError(f"norm: order {p!r} is not supported; minigrad has numbers and 'fro'")
    return float(arguments.number(p, "norm", "p", 2))


def _converted(x: Tensor, dtype: dtypes.dtype) -> Tensor:
    if not dtype.is_floating_point:
        raise RuntimeError(
            "linalg.vector_norm: dtype should be floating point or complex, but got "
            f"{dtype.scalar_type}"
        )
    if dtype.itemsize < x.array.itemsize:
        raise RuntimeError(
            f"linalg.vector_norm: the dtype of the input ({x.dtype.scalar_type}) should be "
            f"convertible without narrowing to the specified dtype ({dtype.scalar_type})"
        )
    return as_tensor_of(x, dtype)


def _require_elements(x: Tensor, axes: tuple[int, ...], order: float) -> None:
    """The largest of no elements, and the like, is nothing."""
    text = f"linalg.vector_norm cannot compute the {order:g} norm on"
    reason = "because this dimension is empty and the operation does not have an identity"
    if len(axes) == x.array.ndim and x.array.size == 0:
        raise RuntimeError(
            f"{text} an empty tensor because the operation does not have an identity"
        )
    for axis in axes:
        if x.array.shape[axis] == 0:
            raise RuntimeError(f"{text} the dimension {axis} {reason}")
