"""Picking elements: x[key]."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..primitives import picking
from ..tensor import Tensor


def index(x: Tensor, key: Any) -> Tensor:
    """x[key]."""
    parts = key if isinstance(key, tuple) else (key,)
    tensors = [part for part in parts if isinstance(part, Tensor)]
    plain = tuple(part.array if isinstance(part, Tensor) else part for part in parts)
    arrays_at = [k for k, part in enumerate(plain) if isinstance(part, (list, np.ndarray))]
    between = parts[arrays_at[0] : arrays_at[-1]] if arrays_at else ()
    integers = any(isinstance(part, int) for part in parts)
    if arrays_at and (integers or any(isinstance(part, slice) for part in between)):
        raise IndexError(
            f"index {key!r}: integers, slices and tensors mixed like this are not supported; "
            "index in steps"
        )
    if any(isinstance(part, slice) and (part.step or 1) <= 0 for part in parts):
        raise ValueError("step must be greater than zero")
    try:
        return picking.pick(x, plain, tensors)
    except IndexError as error:
        if tensors:  # what a replay would say too, which does not come by here
            raise
        raise IndexError(f"index {key!r} for a tensor of shape {list(x.shape)}: {error}") from None
