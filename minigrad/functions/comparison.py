"""Comparing and choosing, element by element."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import empty, launch
from ..primitives import selection
from ..tensor import Operand, Tensor
from .promotion import promoted


def compare(function: Callable[..., Any], a: Tensor, b: Any) -> Any:
    """One of NumPy's comparisons, elementwise: a tensor of bool."""
    if not isinstance(b, (Tensor, builtins.bool, int, float, np.generic)):
        return NotImplemented
    x, y = promoted(a, b.item() if isinstance(b, np.generic) else b)
    out = empty(broadcast_shape(x.array.shape, y.array.shape), np.bool_)
    launch(function, x.array, y.array, out)
    return Tensor(out)


def where(condition: Tensor, x: Operand, y: Operand) -> Tensor:
    """x where the condition holds, elsewhere y."""
    if condition.array.dtype.kind != "b":
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.scalar_type}"
        )
    return selection.where(*promoted(x, y), watched=[condition], condition=condition.array)
