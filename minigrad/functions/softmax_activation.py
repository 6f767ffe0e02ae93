"""Softmax and its logarithm as PyTorch's functional has them: the dimension may be left out."""

from __future__ import annotations

import warnings

from ..dtypes import dtype as DType
from ..tensor import Tensor
from . import arguments, softmax as softmax_along
from .dimensions import require_one


def softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None
) -> Tensor:
    """Divide exp(x) by its sum along a dimension.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    dim : int
        The dimension along which the results add up to 1. Without it, it is guessed, and a
        warning says so.
    dtype : dtype
        What the input is converted to before; by default it is kept.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.softmax(torch.tensor([0.0, 0.0, 1.0]), dim=0)
    tensor([0.2119, 0.2119, 0.5761])
    """
    arguments.require_method(input, "softmax")
    dim = _chosen("softmax", input, dim, _stacklevel)
    return softmax_along.softmax(input, dim, dtype)


def log_softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None
) -> Tensor:
    """Take the logarithm of softmax, exact where softmax itself would be 0 or 1.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    dim : int
        The dimension along which the exponentials of the results add up to 1. Without it, it is
        guessed, and a warning says so.
    dtype : dtype
        What the input is converted to before; by default it is kept.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.log_softmax(torch.tensor([0.0, 0.0, 1000.0]), dim=0)
    tensor([-1000., -1000.,     0.])
    """
    arguments.require_method(input, "log_softmax")
    dim = _chosen("log_softmax", input, dim, _stacklevel)
    return softmax_along.log_softmax(input, dim, dtype)


def _chosen(function: str, input: Tensor, dim: int | None, stacklevel: int) -> int:
    """The dimension that the caller named, or else the one that PyTorch takes."""
    if dim is not None:
        return require_one(dim, f"{function}(): argument 'dim' (position 1)")
    warnings.warn(
        f"Implicit dimension choice for {function} has been deprecated. Change the call to "
        "include dim=X as an argument.",
        stacklevel=stacklevel,
    )
    return 0 if input.ndim in (0, 1, 3) else 1
