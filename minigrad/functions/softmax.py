"""Softmax, its logarithm, and the logarithm of sums of exponentials."""

from __future__ import annotations

from collections.abc import Callable

from .. import dtypes, ops
from ..primitives import log_sum_exp
from ..tensor import Tensor
from . import arguments
from .conversion import clone
from .dimensions import Dims, axes_of, axis_of, require_keepdim
from .promotion import as_tensor_of, floating


def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """Give exp(x) / Σ exp(x) along a dimension: positive, with sum 1.

    Parameters
    ----------
    input : Tensor
        Of floating point, unless `dtype` is.
    dim : int
        Along which the results sum to 1.
    dtype : dtype, optional
        What `input` is converted to first.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.softmax(torch.tensor([0.0, 1.0]), dim=0)
    tensor([0.2689, 0.7311])
    """
    return _along(ops.softmax, input, dim, dtype, "softmax")


def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """Give x - log Σ exp(x) along a dimension; for the arguments see `softmax`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.log_softmax(torch.tensor([0.0, 1.0]), dim=0)
    tensor([-1.3133, -0.3133])
    """
    return _along(ops.log_softmax, input, dim, dtype, "log_softmax")


def _along(
    operation: Callable[[Tensor, int], Tensor],
    input: Tensor,
    dim: int,
    dtype: dtypes.dtype | None,
    function: str,
) -> Tensor:
    arguments.require_tensor(input, function)
    axis = axis_of(input, dim)
    x = input if dtype is None else as_tensor_of(input, dtypes.as_dtype(dtype, function))
    if x.array.size == 0 and x.array.dtype.kind != "f":
        return clone(x)  # as PyTorch, which refuses whole numbers only where there are some
    return operation(x, axis)


def logsumexp(input: Tensor, dim: Dims, keepdim: bool = False) -> Tensor:
    """Give log Σ exp(x) over dimensions, without overflow.

    Parameters
    ----------
    input : Tensor
        Whole numbers become floating point.
    dim : int or tuple of ints
        Which dimensions go.
    keepdim : bool
        Whether they stay, with size 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.logsumexp(torch.tensor([1000.0, 1000.0]), dim=0)
    tensor(1000.6932)
    """
    arguments.require_tensor(input, "logsumexp")
    require_keepdim(keepdim, "logsumexp")
    if dim is None:
        raise TypeError("logsumexp(): argument 'dim' must be tuple of ints, not NoneType")
    if isinstance(dim, (tuple, list)) and not dim and not keepdim:
        _refuse_no_dimension(input)
    axes = axes_of(input, dim)
    return log_sum_exp.log_sum_exp(floating(input), axes=axes, keepdim=keepdim)


def _refuse_no_dimension(x: Tensor) -> None:
    """Over `[]` without `keepdim` PyTorch has no result, unless there are no elements either."""
    if x.array.ndim and x.array.size:
        raise RuntimeError(
            "logsumexp(): argument 'dim' names no dimension: name them, or give keepdim=True, too"
        )
