"""Tensors with features, (..., K), as matrices with a row for each vector; what `linear` refuses.

`fit` is all that a layer's usual operands pass through. The messages are PyTorch's.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from ..primitives import views
from ..tensor import Tensor

NAMES_OF_VECTORS = {1: "DotBackward0", 2: "MvBackward0"}  # by the dimensions of x


def fit(x: Tensor, weight: Tensor, bias: Tensor | None) -> bool:
    """Whether these are matrices and a vector of fitting sizes and one floating-point dtype."""
    if not (isinstance(x, Tensor) and isinstance(weight, Tensor)):
        return False
    if bias is not None and not isinstance(bias, Tensor):
        return False
    a, w = x.array, weight.array
    dtype = a.dtype
    if not a.ndim == w.ndim == 2 or a.shape[1] != w.shape[1] or w.dtype is not dtype:
        return False
    if bias is not None and (bias.array.shape != w.shape[:1] or bias.array.dtype is not dtype):
        return False
    return dtype.kind == "f"


def on_rows(
    linear: Callable[..., Tensor], x: Tensor, weight: Tensor, bias: Tensor | None
) -> Tensor:
    """Let `linear`, which takes what fits, work on the vectors of x (..., K)."""
    if weight.array.ndim == 1:  # one output, without a dimension for it
        column = on_rows(linear, x, weight.unsqueeze(0), None)
        named = NAMES_OF_VECTORS.get(x.array.ndim, "UnsafeViewBackward0")
        out = views.reshape_own(column, column.array.shape[:-1], named)
        return out if bias is None else out + bias
    _check_sizes(x, weight, bias)
    _check_dtypes(x, weight, bias)
    *rest, features = x.array.shape
    out = linear(x.reshape(math.prod(rest), features), weight, bias)
    shape = (*rest, weight.array.shape[0])
    if bias is not None:
        return out.reshape(shape)
    # In PyTorch this is a view of the sum with the bias, and not of a product.
    return views.reshape_own(out, shape, "UnsafeViewBackward0" if rest else "SqueezeBackward4")


def _check_sizes(x: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    if x.array.ndim == 0 or weight.array.ndim == 0:
        raise RuntimeError(
            "both arguments to linear need to be at least 1D, but they are "
            f"{x.array.ndim}D and {weight.array.ndim}D"
        )
    if weight.array.ndim > 2:
        raise RuntimeError(
            f"t() expects a tensor with <= 2 dimensions, but self is {weight.array.ndim}D"
        )
    outputs, features = weight.array.shape
    if x.array.shape[-1] != features:
        rows = x.array.size // max(x.array.shape[-1], 1)
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{x.array.shape[-1]} and "
            f"{features}x{outputs})"
        )
    if bias is not None and bias.array.shape != (outputs,):
        raise RuntimeError(
            f"linear: bias must have shape [{outputs}], one element for each row of weight, got "
            f"{list(bias.shape)}"
        )


def _check_dtypes(x: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    for names, one, other in (("mat1 and mat2", x, weight), ("self and mat2", bias, x)):
        if one is not None and one.array.dtype != other.array.dtype:
            raise RuntimeError(
                f"{names} must have the same dtype, but got {one.dtype.scalar_type} and "
                f"{other.dtype.scalar_type}"
            )
    if x.array.dtype.kind == "b":
        check_bools(x, weight, bias)


def check_bools(x: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    """Raise unless there is nothing to multiply, and nothing to give but the bias times 1."""
    if x.array.size and weight.array.size:
        raise NotImplementedError("\"addmm_impl_cpu_\" not implemented for 'Bool'")
    outputs = math.prod(x.array.shape[:-1]) * weight.array.shape[0]
    if bias is not None and outputs and not x.array.size:
        raise RuntimeError("result type Long can't be cast to the desired output type Bool")
