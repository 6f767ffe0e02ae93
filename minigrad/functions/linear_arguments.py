"""Which arguments does `functional.linear` refuse, and what does it do with an unusual bias?"""

from __future__ import annotations

import math

from ..broadcast import broadcast_shape
from ..matrices.features import check_bools
from ..tensor import Tensor
from .arguments import not_a_tensor, require_tensor
from .expansion import expand


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
    """Give a bias that is not the usual one, or raise if it cannot be added to the output.

    One value for all outputs becomes one for each, where that makes it a usual one.
    """
    if not isinstance(bias, Tensor):
        raise TypeError(not_a_tensor("linear", "bias", 3, bias))
    # With the product as one operation; else PyTorch adds it in place, whatever its dtype.
    fits = input.is_contiguous() if input.dim() > 2 else weight.dim() == 2
    is_line = bias.dim() == 1 or sum(n != 1 for n in bias.shape) == 1
    as_one = input.dim() == 2 or (is_line and fits)
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
    if input.dim() != 2 and as_one and bias.dim() > 1:
        return _of_all_rows(bias, shape)
    common = broadcast_shape(shape, tuple(bias.shape))
    if common != shape:
        raise RuntimeError(
            f"output with shape {list(shape)} doesn't match the broadcast shape {list(common)}"
        )
    return expand(bias, (outputs,)) if as_one and bias.dim() < 2 else bias


def _of_all_rows(bias: Tensor, shape: tuple[int, ...]) -> Tensor:
    """A row or a column that is added to all rows of an output as to one matrix."""
    expand(bias, (math.prod(shape[:-1]), shape[-1]))  # or else say why it cannot be
    return bias.reshape(shape[-1:] if bias.shape[0] == 1 else (*shape[:-1], 1))
