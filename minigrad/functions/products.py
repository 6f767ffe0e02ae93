"""Products of matrices and vectors."""

from __future__ import annotations

from ..primitives import products
from ..tensor import Tensor
from .shape import reshape, unsqueeze


def matmul(a: Tensor, b: Tensor) -> Tensor:
    """The product of matrices and vectors (one or two dimensions each)."""
    for name, operand in (("input", a), ("other", b)):
        if operand.array.ndim not in (1, 2):
            raise RuntimeError(
                f"matmul: {name} must have 1 or 2 dimensions, got shape {list(operand.shape)}"
            )
    if a.array.dtype != b.array.dtype:
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {a.dtype.scalar_type.lower()} "
            f"!= {b.dtype.scalar_type.lower()}"
        )
    left = a if a.array.ndim == 2 else unsqueeze(a, 0)
    right = b if b.array.ndim == 2 else unsqueeze(b, 1)
    if left.array.shape[1] != right.array.shape[0]:
        shapes = "x".join(map(str, left.shape)), "x".join(map(str, right.shape))
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({shapes[0]} and {shapes[1]})"
        )
    rows = a.array.shape[:1] if a.array.ndim == 2 else ()
    columns = b.array.shape[1:] if b.array.ndim == 2 else ()
    return reshape(products.matmul(left, right), (*rows, *columns))
