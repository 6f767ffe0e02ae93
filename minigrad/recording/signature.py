"""What of a call's arguments a recording depends on: all but the elements of tensors."""

from __future__ import annotations

from typing import Any

from .. import fused
from ..grad_mode import mode
from ..tensor import Tensor

Signature = tuple[Any, ...]


def describe(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[list[Tensor], Signature]:
    """The tensors among the arguments, in order, and everything else about the call."""
    tensors: list[Tensor] = []
    parts: list[Any] = [mode.grad_enabled, fused.kernels_enabled()]
    for argument in args:
        parts.append(_described(argument, tensors))
    for name, argument in kwargs.items():
        parts += [name, _described(argument, tensors)]
    return tensors, tuple(parts)


def _described(value: Any, tensors: list[Tensor]) -> Any:
    if isinstance(value, Tensor):
        array = value.array
        # Whether two arguments are one tensor is part of it: version counters follow that.
        same = [k for k, each in enumerate(tensors) if each is value]
        tensors.append(value)
        return (array.shape, array.dtype, array.strides, value._requires_grad, same)
    if isinstance(value, (list, tuple)):
        return (type(value), *[_described(each, tensors) for each in value])
    if isinstance(value, dict):
        return (dict, *[(key, _described(each, tensors)) for key, each in value.items()])
    if isinstance(value, (bool, int, float, str, type(None))):
        return (type(value), value)
    return (type(value), id(value))
