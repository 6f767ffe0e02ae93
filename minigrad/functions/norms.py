"""Norms of vectors, and of matrices."""

from __future__ import annotations

import math

from .. import dtypes
from ..primitives import norms
from ..tensor import Tensor
from . import arguments
from .dimensions import Dims, axes_of, require_keepdim
from .matrix_norms import matrix_norm
from .norm_arguments import converted, require_floating


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
    p : number, "fro" or "nuc"
        "fro", Frobenius's norm, is that of p = 2. Infinity gives the largest magnitude, minus
        infinity the smallest, 0 how many elements are not 0. "nuc", the nuclear norm, is the sum
        of the singular values of matrices, which two dimensions are.
    dim, keepdim, dtype :
        As for `sum`; dtype of floating point, too.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.norm(torch.tensor([3.0, 4.0]))
    tensor(5.)
    >>> torch.norm(torch.tensor([3.0, -4.0]), p=1)
    tensor(7.)
    >>> torch.norm(torch.tensor([[3.0, 0.0], [0.0, -4.0]]), p="nuc")
    tensor(7.)
    """
    arguments.require_method(input, "layout")
    named = p is None or isinstance(p, str)
    order = 2.0 if named else float(arguments.number(p, "norm", "p", 2))
    require_keepdim(keepdim, "norm")
    wanted = None if dtype is None else dtypes.as_dtype(dtype, "norm")
    several = isinstance(dim, (tuple, list)) and len(dim) > 2
    if isinstance(p, str) and (p != "fro" or several):
        return matrix_norm(input, p, dim, keepdim, wanted)
    require_floating(input, "linalg.vector_norm")
    x = input if wanted is None else converted(input, wanted, "linalg.vector_norm")
    axes = axes_of(x, dim)
    if order < 0 or math.isinf(order):
        _require_elements(x, axes, order)
    if math.isnan(order) and x.array.size == 0:
        order = 2.0  # of nothing PyTorch has a norm even then: 0
    return norms.norm(x, p=order, axes=axes, keepdim=keepdim)


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
