"""Which arguments do the functions of `functional` refuse, and in which words?

Those with most to refuse have files of their own: `batch_norm_arguments`, `linear_arguments`.
"""

from __future__ import annotations

import numbers

from ..grad_mode import is_grad_enabled
from ..probabilities import different_sizes
from ..tensor import Tensor

REDUCTIONS = ("mean", "sum", "none")


def require_tensor(value: object, function: str, name: str = "input", position: int = 1) -> None:
    """Raise unless `value` is a tensor."""
    if not isinstance(value, Tensor):
        raise TypeError(not_a_tensor(function, name, position, value))


def not_a_tensor(function: str, name: str, position: int, value: object) -> str:
    """The message for a `value` that is no tensor."""
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


def check_binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """Raise if shapes or dtypes do not fit; the values are checked by the kernel."""
    require_tensor(input, "binary_cross_entropy")
    require_tensor(target, "binary_cross_entropy", "target", 2)
    if target.array.shape != input.array.shape:
        raise different_sizes(input, target)
    if weight is not None:
        require_tensor(weight, "binary_cross_entropy", "weight", 3)
        if weight.requires_grad and is_grad_enabled():
            raise RuntimeError(
                "The function 'binary_cross_entropy' is not differentiable with respect to "
                "argument 'weight'. This input cannot have requires_grad True."
            )
    if target.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype.scalar_type} but expected {input.dtype.scalar_type}"
        )
    if input.array.dtype.kind != "f":
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"binary_cross_entropy\" not implemented for '{name}'")


def check_mse_loss(input: Tensor, target: Tensor) -> None:
    """Raise if there is nothing to take a floating-point mean of."""
    require_tensor(input, "mse_loss")
    require_tensor(target, "mse_loss", "target", 2)
    if not input.is_floating_point() and not target.is_floating_point():
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"mse_cpu\" not implemented for '{name}'")
