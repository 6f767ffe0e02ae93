"""Which arguments do losses refuse, and what stands for arguments of PyTorch's past?"""

from __future__ import annotations

import warnings

from ..broadcast import broadcast_shape
from ..grad_mode import is_grad_enabled
from ..losses.probabilities import different_sizes, wrong_target_size
from ..tensor import Tensor
from .arguments import require_floating, require_int, require_method, require_tensor

REDUCTIONS = ("mean", "sum", "none")


def legacy_reduction(size_average: bool | None, reduce: bool | None) -> str:
    """What two arguments of PyTorch's past say; warns of them."""
    averaged = size_average is None or size_average
    found = ("mean" if averaged else "sum") if reduce is None or reduce else "none"
    warnings.warn(
        "size_average and reduce args will be deprecated, please use "
        f"reduction='{found}' instead.",
        stacklevel=3,
    )
    return found


def reduction_of(
    reduction: str, size_average: bool | None = None, reduce: bool | None = None
) -> str:
    """One of the `REDUCTIONS`; raise unless that is what is asked for."""
    if size_average is not None or reduce is not None:
        return legacy_reduction(size_average, reduce)
    if reduction == "elementwise_mean":
        warnings.warn(
            "reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.",
            stacklevel=3,
        )
        return "mean"
    if reduction not in REDUCTIONS:
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return reduction


def compare_sizes(input: Tensor, target: Tensor) -> None:
    """Warn the caller of a loss if its two tensors must be broadcast; raise if they cannot."""
    if input.array.shape != target.array.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
            stacklevel=3,
        )
        broadcast_shape(input.array.shape, target.array.shape)


def class_index(value: object, function: str) -> int:
    """The value of `ignore_index` as an int of 64 bits; raise if it is none."""
    if isinstance(value, Tensor) and value.array.size == 1:
        value = value.item()
    found = require_int(value, function, "ignore_index", 5)
    if not -(2**63) <= found < 2**63:
        raise ValueError(f"Overflow when unpacking long long: ignore_index is {found}")
    return found


def require_constant(tensor: Tensor | None, name: str, function: str, position: int) -> None:
    """Raise unless the argument is None or a tensor that wants no gradient."""
    if tensor is None:
        return
    require_tensor(tensor, function, name, position)
    if tensor.requires_grad and is_grad_enabled():
        raise RuntimeError(
            f"The function '{function}' is not differentiable with respect to argument "
            f"'{name}'. This input cannot have requires_grad True."
        )


def check_binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """Raise if shapes or dtypes do not fit; the values are checked by the kernel."""
    require_method(target, "size")
    require_method(input, "size")
    if target.array.shape != input.array.shape:
        raise different_sizes(input, target)
    if weight is not None:
        require_method(weight, "size")
    require_constant(weight, "weight", "binary_cross_entropy", 3)
    if target.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype.scalar_type} but expected {input.dtype.scalar_type}"
        )
    require_floating(input, "binary_cross_entropy")


def check_logits(
    input: Tensor, target: Tensor, weight: Tensor | None, pos_weight: Tensor | None
) -> None:
    """Raise unless all can be operands of a cross entropy with logits."""
    if target.array.shape != input.array.shape:
        raise wrong_target_size(input, target)
    for value, name, position in ((weight, "weight", 3), (pos_weight, "pos_weight", 4)):
        require_constant(value, name, "binary_cross_entropy_with_logits", position)
    require_floating(input, "log_sigmoid_cpu")
    if target.array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
            "or `logical_xor()` operator instead."
        )
    if target.array.dtype.kind != "f":
        raise cannot_be_cast(input, target)
    if pos_weight is not None and pos_weight.array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are "
            "trying to invert a mask, use the `~` or `logical_not()` operator instead."
        )


def cannot_be_cast(result: Tensor, like: Tensor) -> RuntimeError:
    """The error for a result that would have to be stored in the dtype of `like`."""
    return RuntimeError(
        f"result type {result.dtype.scalar_type} can't be cast to the desired output type "
        f"{like.dtype.scalar_type}"
    )


def check_smoothing(smoothing: float) -> None:
    """Raise if more than all of the targets is to be spread."""
    if smoothing > 1:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {smoothing:g}")


def check_smoothed(
    input: Tensor, target: Tensor, weight: Tensor | None, ignored: int, reduction: str
) -> None:
    """Raise for what cross entropy with smoothed labels does not take, and without them does."""
    if input.array.ndim == target.array.ndim == 1 == target.array.size:
        raise RuntimeError("output with shape [] doesn't match the broadcast shape [1]")
    if weight is None or weight.array.ndim <= 1 or input.array.ndim <= 2:
        return
    if len(weight.array) != weight.array.size:
        shape = [1] * input.array.ndim
        shape[min(1, len(shape) - 1)] = len(weight.array)
        raise RuntimeError(f"shape '{shape}' is invalid for input of size {weight.array.size}")
    if reduction == "mean" and (target.array != ignored).any():  # whose weights would be picked
        raise RuntimeError("Index tensor must have the same number of dimensions as input tensor")
