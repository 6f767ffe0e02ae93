"""How often does each number come?"""

from __future__ import annotations

import numpy as np

from ..launch import reading_value
from ..tensor import Tensor, tensor_of
from .arguments import require_int, require_tensor


def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """How often 0, 1, 2, ... come, up to the largest number.

    Parameters
    ----------
    input : Tensor
        Of whole numbers, not negative, in one dimension.
    weights : Tensor, optional
        What each number counts, instead of 1; of the same length. Their sums have no gradient.
    minlength : int
        How long the result is at least.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bincount(torch.tensor([1, 3, 1]))
    tensor([0, 2, 0, 1])
    >>> torch.bincount(torch.tensor([1, 0, 1]), torch.tensor([0.5, 1.0, 2.0]), minlength=3)
    tensor([1.0000, 2.5000, 0.0000])
    """
    require_tensor(input, "bincount")
    if weights is not None:
        require_tensor(weights, "bincount", "weights", 2)
    length = require_int(minlength, "bincount", "minlength", 3)
    if length < 0:
        raise RuntimeError(f"minlength should be >= 0, but got {length}")
    numbers = input.array
    if numbers.dtype.kind not in "iu":
        raise NotImplementedError(
            f"\"bincount_cpu\" not implemented for '{input.dtype.scalar_type}'"
        )
    reading_value("bincount")  # the result's shape depends on values
    if numbers.ndim != 1 or (numbers.size and numbers.min() < 0):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    if weights is None or not numbers.size:
        return tensor_of(np.bincount(numbers, minlength=length).astype(np.int64, copy=False))
    if weights.array.shape != numbers.shape:
        raise RuntimeError("weights should be 1-d and have the same length as input")
    sums = np.bincount(numbers, weights.array, length)
    dtype = weights.array.dtype if weights.array.dtype.kind == "f" else np.float64
    return tensor_of(sums.astype(dtype, copy=False))
