"""Tensors of one value, which gradients are put together with."""

from __future__ import annotations

from .. import arrays
from ..tensor import Number, Tensor, tensor_of


def zeros_like(x: Tensor, requires_grad: bool = False) -> Tensor:
    """Zeros of a tensor's shape and dtype: the gradient by what nothing depends on."""
    return tensor_of(arrays.full(x.array.shape, x.array.dtype, 0.0), requires_grad=requires_grad)


def zero(like: Tensor) -> Tensor:
    """A zero without dimensions, of a tensor's dtype."""
    return constant(0.0, like)


def constant(number: Number, like: Tensor) -> Tensor:
    """A number without dimensions, of a tensor's dtype."""
    return tensor_of(arrays.full((), like.array.dtype, number))
