"""Which arguments do the functions of `functional` refuse, and in which words?

Batch normalisation, which has the most, has a file of its own: `batch_norm_arguments`.
"""

from __future__ import annotations

import numbers

from ..grad_mode import is_grad_enabled
from ..tensor import Tensor

REDUCTIONS = ("mean", "sum", "none")


def require_tensor(value: object, function: str, name: str = "input", position: int = 1) -> None:
    """Raise unless `value` is a tensor."""
    if not isinstance(value, Tensor):
        raise TypeError(_not_a_tensor(function, name, position, value))


def _not_a_tensor(function: str, name: str, position: int, value: object) -> str:
    return (
        f"{function}(): argument '{name}' (position {position}) must be Tensor, "
        f"not {type(value).__name__}"
    )


def require_number(value: object, function: str, name: str, position: int) -> None:
    """Raise unless `value` is a real number."""
    if type(value) is not float and not isinstance(value, numbers.Real):
        raise TypeError(
            f"{function}(): argument '{name}' (position {position}) must be Number, "
            f"not {type(value).__name__}"
        )


def require_reduction(reduction: str) -> None:
    """Raise unless `reduction` names a way to reduce."""
    if reduction not in REDUCTIONS:
        raise ValueError(f"{reduction} is not a valid value for reduction")


def is_usual_bias(weight: Tensor, bias: object) -> bool:
    """Say whether a layer's bias has one value of the weight's dtype for each output."""
    return bias is None or (
        isinstance(bias, Tensor)
        and weight.array.ndim == 2
        and bias.array.shape == weight.array.shape[:1]
        and bias.array.dtype == weight.array.dtype
    )


def broadcast_bias(input: Tensor, weight: Tensor, bias: object) -> Tensor:
    """Give a bias that is not the usual one, or raise if it cannot be added to the output."""
    if not isinstance(bias, Tensor):
        raise TypeError(_not_a_tensor("linear", "bias", 3, bias))
    if weight.dim() == 1:
        raise RuntimeError("mat2 must be a matrix, got 1-D tensor")
    if bias.dtype != weight.dtype:
        raise RuntimeError(
            "self and mat2 must have the same dtype, but got "
            f"{bias.dtype.scalar_type} and {weight.dtype.scalar_type}"
        )
    outputs, length = weight.shape[0], bias.shape[-1] if bias.dim() else 1
    if length not in (1, outputs):
        rows = input.numel() // max(input.shape[-1], 1)
        raise RuntimeError(
            f"The expanded size of the tensor ({outputs}) must match the existing size ({length}) "
            f"at non-singleton dimension 1.  Target sizes: [{rows}, {outputs}].  "
            f"Tensor sizes: {list(bias.shape)}"
        )
    return bias


def check_binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """Raise if shapes or dtypes do not fit; the values are checked by the kernel."""
    require_tensor(input, "binary_cross_entropy")
    require_tensor(target, "binary_cross_entropy", "target", 2)
    if target.shape != input.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}) is deprecated. Please ensure they have the same size."
        )
    if weight is not None:
        require_tensor(weight, "binary_cross_entropy", "weight", 3)
        if weight.requires_grad and is_grad_enabled():
            raise RuntimeError(
                "The function 'binary_cross_entropy' is not differentiable with respect to "
                "argument 'weight'. This input cannot have requires_grad True."
            )
    if target.dtype != input.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype.scalar_type} but expected {input.dtype.scalar_type}"
        )
    if not input.is_floating_point():
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"binary_cross_entropy\" not implemented for '{name}'")


def check_mse_loss(input: Tensor, target: Tensor) -> None:
    """Raise if there is nothing to take a floating-point mean of."""
    require_tensor(input, "mse_loss")
    require_tensor(target, "mse_loss", "target", 2)
    if not input.is_floating_point() and not target.is_floating_point():
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"mse_cpu\" not implemented for '{name}'")
