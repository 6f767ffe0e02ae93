"""Which arguments does `functional.batch_norm` refuse, in which order and in which words?

The order is PyTorch's, so that of several mistakes the same one is reported.
"""

from __future__ import annotations

import math

from ..grad_mode import is_grad_enabled
from ..tensor import Tensor
from .arguments import real, require_tensor
from .dimensions import require_bool

Optional = Tensor | None


def are_usual(
    input: Tensor, tensors: tuple[Optional, ...], training: bool, momentum: object, eps: object
) -> bool:
    """Say in few steps that nothing is wrong; False only means that `checked` must look.

    `tensors` are running mean, running variance, weight and bias.
    """
    if type(training) is not bool or type(momentum) is not float or type(eps) is not float:
        return False
    try:
        return _fit(input, tensors, training) and eps > 0.0
    except AttributeError:  # of what is no tensor
        return False


def _fit(input: Tensor, tensors: tuple[Optional, ...], training: bool) -> bool:
    array = input.array
    shape = array.shape
    if len(shape) < 2 or (training and shape[0] < 2):
        return False
    running_mean, running_var, _, _ = tensors
    if running_mean is None or running_var is None:
        if not training or running_mean is not running_var:
            return False
    elif running_mean._requires_grad or running_var._requires_grad:
        return False
    wanted = shape[1:2]
    dtype = array.dtype
    for tensor in tensors:
        if tensor is not None:
            array = tensor.array
            if array.shape != wanted or array.dtype is not dtype:
                return False
    return bool(dtype.kind == "f")


def checked(
    input: Tensor, tensors: tuple[Optional, ...], training: bool, momentum: object, eps: float
) -> tuple[tuple[Optional, ...], float, float]:
    """Give the tensors, each as a vector, and the numbers, or raise PyTorch's error."""
    names = ("running_mean", "running_var", "weight", "bias")
    given = dict(zip(names, tensors, strict=True))
    if training:
        _check_values_per_channel(input)
    _check_eps(eps, training)
    _check_types(input, given, training)
    momentum = real(momentum, "batch_norm", "momentum", 7)
    eps = real(eps, "batch_norm", "eps", 8)
    if input.array.size:  # what has no elements may be of any shape and dtype
        _check_sizes(input, given, training)
        _check_running_statistics(given, training)
        _check_dtypes(input, given)
    vectors = (
        tensor if tensor is None or tensor.dim() == 1 else tensor.reshape(-1) for tensor in tensors
    )
    return tuple(vectors), momentum, eps


def _check_types(input: object, given: dict[str, Optional], training: object) -> None:
    require_tensor(input, "batch_norm")
    for position, name in enumerate(("weight", "bias", "running_mean", "running_var"), 2):
        if given[name] is not None:
            require_tensor(given[name], "batch_norm", name, position)
    require_bool(training, "batch_norm", "training", 6)


def _check_values_per_channel(input: Tensor) -> None:
    if input.shape[0] * math.prod(input.shape[2:]) == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {input.shape}"
        )


def _check_eps(eps: float, training: bool) -> None:
    if training and eps <= 0.0:
        raise ValueError(f"batch_norm eps must be positive during training, but got {eps}")
    if eps < 0.0:
        raise ValueError(f"batch_norm eps must be non-negative, but got {eps}")


def _check_sizes(input: Tensor, given: dict[str, Optional], training: bool) -> None:
    channels = input.shape[1] if input.dim() > 1 else 0
    for name, tensor in given.items():
        if tensor is not None and tensor.numel() != channels:
            raise RuntimeError(f"{name} should contain {channels} elements not {tensor.numel()}")
        if tensor is None and not training and name.startswith("running"):
            raise RuntimeError(f"{name} must be defined in evaluation mode")
    if input.dim() < 2:
        raise IndexError(f"batch_norm needs an input of at least 2 dimensions, got {input.shape}")


def _check_running_statistics(given: dict[str, Optional], training: bool) -> None:
    statistics = {name: given[name] for name in ("running_mean", "running_var")}
    if training and len({tensor is None for tensor in statistics.values()}) == 2:
        raise ValueError(
            "running_mean and running_var must either both be None or neither be None"
        )
    for name, tensor in statistics.items():
        if tensor is not None and tensor.requires_grad and is_grad_enabled():
            raise RuntimeError(
                "The function 'native_batch_norm' is not differentiable with respect to argument "
                f"'{name}'. This input cannot have requires_grad True."
            )


def _check_dtypes(input: Tensor, given: dict[str, Optional]) -> None:
    dtype = input.dtype
    if not dtype.is_floating_point:
        raise NotImplementedError(f"\"batch_norm\" not implemented for '{dtype.scalar_type}'")
    for tensor in given.values():
        if tensor is None or tensor.dtype is dtype:
            continue
        if dtype.name == "float64":
            raise RuntimeError("mixed dtype (CPU): all inputs must share same datatype.")
        raise RuntimeError("mixed dtype (CPU): expect parameter to have scalar type of Float")
