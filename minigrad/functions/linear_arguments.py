"""Which arguments does `functional.linear` refuse, and what does it do with an unusual bias?"""

from __future__ import annotations

import math

from ..broadcast import broadcast_shape
from ..matrices.features import check_bools
from ..tensor import Tensor
from .arguments import not_a_tensor, require_tensor


def are_usual(input: Tensor, weight: Tensor, bias: Tensor | None) -> bool:
    """Whether all are tensors, and the bias has a value of the weight's dtype for each output.

    What sizes and dtypes `input` and `weight` may have, `ops.linear` says.
    """
    if not isinstance(input, Tensor) or not isinstance(weight, Tensor):
        return False
    if bias is None:
        return True
    array = weight.array
    return (
        isinstance(bias, Tensor)
        and array.ndim == 2
        and bias.array.shape == array.shape[:1]
        and bias.array.dtype == array.dtype
    )


def check(input: object, weight: object) -> None:
    """Raise unless both are tensors."""
    require_tensor(input, "linear")
    require_tensor(weight, "linear", "weight", 2)


def broadcast_bias(input: Tensor, weight: Tensor, bias: object) -> Tensor:
    """Give a bias that is not the usual one, or raise if it cannot be added to the output."""
    if not isinstance(bias, Tensor):
        raise TypeError(not_a_tensor("linear", "bias", 3, bias))
    # With the product as one operation; else PyTorch adds it in place, whatever its dtype.
    fits = input.is_contiguous() if input.dim() > 2 else weight.dim() == 2
    as_one = input.dim() == 2 or (bias.dim() > 0 and fits)
    if as_one and weight.dim() == 1:
        raise RuntimeError("mat2 must be a matrix, got 1-D tensor")
    if as_one and bias.dtype != weight.dtype:
        raise RuntimeError(
            "self and mat2 must have the same dtype, but got "
            f"{bias.dtype.scalar_type} and {weight.dtype.scalar_type}"
        )
    if as_one and input.array.dtype.kind == weight.array.dtype.kind == "b":
        check_bools(input, weight, bias)
    shape = (*input.shape[:-1], *weight.shape[:-1])  # of the output
    outputs, length = shape[-1] if shape else 1, bias.shape[-1] if bias.dim() else 1
    if length not in (1, outputs):
        rows = math.prod(shape[:-1])
        raise RuntimeError(
            f"The expanded size of the tensor ({outputs}) must match the existing size ({length}) "
            f"at non-singleton dimension 1.  Target sizes: [{rows}, {outputs}].  "
            f"Tensor sizes: {list(bias.shape)}"
        )
    if len(shape) == 1 and bias.shape == (1, outputs) and outputs > 1:
        return bias.reshape(shape)  # PyTorch adds it to the row as a matrix of one
    common = broadcast_shape(shape, tuple(bias.shape))
    if common != shape:
        raise RuntimeError(
            f"output with shape {list(shape)} doesn't match the broadcast shape {list(common)}"
        )
    return bias
