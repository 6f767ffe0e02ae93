"""Of which dtype are a module's values, at first and later, and where may they be?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .. import creation, dtypes
from ..tensor import Tensor

if TYPE_CHECKING:
    from .module import Module

AnyModule = TypeVar("AnyModule", bound="Module")


def require_cpu(device: object) -> None:
    """Raise unless `device` is left out or names the CPU."""
    if device is not None and device != "cpu":
        raise RuntimeError(f"device must be None or 'cpu', the only device, got {device!r}")


def require_dtype(dtype: object) -> None:
    """Raise unless `dtype` is a dtype."""
    if not isinstance(dtype, dtypes.dtype):
        raise TypeError(f"dtype must be a minigrad.dtype such as minigrad.float32, got {dtype!r}")


def unfilled(*size: int, device: object, dtype: dtypes.dtype | None) -> Tensor:
    """Make a tensor for values that are filled in later."""
    require_cpu(device)
    dtype = dtypes.float32 if dtype is None else dtype
    require_dtype(dtype)
    return creation.empty(size, dtype=dtype)


def convert(module: AnyModule, dtype: dtypes.dtype) -> AnyModule:
    """Convert the floating-point values of `module` and of all below it, in place.

    Parameters stay the same objects, so that an optimiser goes on working; buffers do not.
    """
    require_dtype(dtype)
    if not dtype.is_floating_point:
        raise TypeError(
            "nn.Module.to only accepts floating point or complex dtypes, "
            f"but got desired dtype={dtype}"
        )
    for each in module.modules():
        for parameter in each.parameters(recurse=False):
            if parameter.is_floating_point():
                gradient = parameter.grad
                parameter.data = parameter.data.to(dtype)
                if gradient is not None:
                    gradient.data = gradient.data.to(dtype)
        for name, buffer in each.named_buffers(recurse=False):
            if buffer.is_floating_point():
                setattr(each, name, buffer.to(dtype))
    return module
