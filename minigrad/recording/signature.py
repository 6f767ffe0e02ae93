"""What of a call's arguments a recording depends on: all but the elements of tensors."""

from __future__ import annotations

from typing import Any

from .. import fused
from ..dtypes import get_default_dtype
from ..grad_mode import inferring, mode
from ..kernels import native
from ..tensor import Tensor
from .walk import PLAIN

Signature = tuple[Any, ...]


def describe(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[list[Tensor], Signature]:
    """The tensors among the arguments, in order, and everything else about the call."""
    tensors: list[Tensor] = []
    parts: list[Any] = [
        mode.grad_enabled,
        bool(inferring) and mode.inference,
        fused.kernels_enabled(),
        get_default_dtype(),
    ]
    parts += [_described(argument, tensors) for argument in args]
    if kwargs:
        parts += [(name, _described(argument, tensors)) for name, argument in kwargs.items()]
    return tensors, tuple(parts)


def _described(value: Any, tensors: list[Tensor]) -> Any:
    if isinstance(value, Tensor):
        array = value.array
        # Whether two arguments are one tensor is part of it: version counters follow that.
        same = tuple([each is value for each in tensors]) if tensors else ()
        tensors.append(value)
        if value._base is not None:  # it may have a history that it has not yet learnt of
            value._with_history()
        wanted = value._requires_grad and (value._node is None, bool(value._hooks))
        counted = type(value._version_cell) is list  # not so of an inference tensor
        watched = value._base is not None and value._base[0]._requires_grad
        flags = array.flags.num & native.USE
        layout = (array.shape, array.dtype, array.strides, flags)
        return (type(value), layout, wanted, same, counted, watched)
    if isinstance(value, (list, tuple)):
        return (type(value), *[_described(each, tensors) for each in value])
    if isinstance(value, dict):
        return (type(value), *[(key, _described(each, tensors)) for key, each in value.items()])
    if isinstance(value, PLAIN):
        # By its text where equality says too little: 0.0 and -0.0 are equal, NaN is not.
        return (type(value), value if value and value == value else repr(value))
    return (type(value), id(value))
