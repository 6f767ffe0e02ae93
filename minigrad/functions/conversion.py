"""The same values in other memory or another dtype."""

from __future__ import annotations

from .. import dtypes
from ..primitives import copies
from ..tensor import Tensor


def clone(x: Tensor) -> Tensor:
    return copies.clone(x)


def convert(x: Tensor, dtype: dtypes.dtype) -> Tensor:
    """The same values in another dtype."""
    if not isinstance(dtype, dtypes.dtype):
        raise TypeError(f"dtype must be a minigrad.dtype such as minigrad.float32, got {dtype!r}")
    return copies.convert(x, dtype=dtype)
