"""Keeping elements between bounds."""

from __future__ import annotations

import math
from typing import Any

from .. import dtypes
from ..primitives import clamping
from ..tensor import Operand, Tensor
from . import arguments
from .promotion import as_filling, as_operand, is_plain


def clamp(input: Tensor, min: Operand | None = None, max: Operand | None = None) -> Tensor:
    """Raise what is below `min` to it, and lower what is above `max`.

    The gradient at a bound itself is 1. Where `min` is above `max` the result is `max`.

    Parameters
    ----------
    input : Tensor
    min, max : number or Tensor, optional
        Both numbers or both tensors, which are broadcast; at least one is given.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.clamp(torch.tensor([-1.0, 0.5, 2.0]), min=0, max=1)
    tensor([0.0000, 0.5000, 1.0000])
    """
    arguments.require_tensor(input, "clamp")
    if min is None and max is None:
        raise RuntimeError("minigrad.clamp: At least one of 'min' or 'max' must not be None")
    with_tensors = all(each is None or isinstance(each, Tensor) for each in (min, max))
    named = "ClampBackward0" if with_tensors else "ClampBackward1"
    if max is None:
        return _at_least(input, min, "clamp", named)
    if min is None:
        return _at_most(input, max, "clamp", named)
    if not with_tensors:
        min = arguments.number(min, "clamp", "min", 2)
        max = arguments.number(max, "clamp", "max", 3)
        if math.isnan(min) or math.isnan(max):
            min = max = math.nan  # whatever the other is, and whether the dtype has it
    x, low, high = _together(input, min, max, function="clamp")
    arguments.refuse_bool(x, "clamp_cpu" if with_tensors else "clamp_scalar_cpu")
    return clamping.clamp(x, low, high, named=named)


def clamp_min(input: Tensor, min: Operand) -> Tensor:
    """Raise what is below `min` to it.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.clamp_min(torch.tensor([-1, 2]), 0)
    tensor([0, 2])
    """
    arguments.require_tensor(input, "clamp_min")
    named = "ClampMinBackward1" if isinstance(min, Tensor) else "ClampMinBackward0"
    return _at_least(input, min, "clamp_min", named)


def clamp_max(input: Tensor, max: Operand) -> Tensor:
    """Lower what is above `max` to it.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.clamp_max(torch.tensor([-1, 2]), 0)
    tensor([-1,  0])
    """
    arguments.require_tensor(input, "clamp_max")
    named = "ClampMaxBackward1" if isinstance(max, Tensor) else "ClampMaxBackward0"
    return _at_most(input, max, "clamp_max", named)


def _at_least(input: Tensor, min: Any, function: str, named: str) -> Tensor:
    x, low = _together(input, min, function=function)
    if not isinstance(min, Tensor):
        arguments.refuse_bool(x, "clamp_min_scalar_cpu")
    return clamping.clamp_min(x, low, named=named)


def _at_most(input: Tensor, max: Any, function: str, named: str) -> Tensor:
    x, high = _together(input, max, function=function)
    if not isinstance(max, Tensor):
        arguments.refuse_bool(x, "clamp_max_scalar_cpu")
    return clamping.clamp_max(x, high, named=named)


def _together(input: Tensor, *bounds: Any, function: str) -> list[Tensor]:
    """The input and its bounds in one dtype, which must have numbers like them."""
    if input.array.dtype.kind == "f" and all(map(is_plain, bounds)):
        return [input, *(as_filling(bound, input.dtype) for bound in bounds)]
    plain = [as_operand(bound, function, "bound", 2) for bound in bounds]
    dtype = dtypes.result_type(input, *plain)
    return [as_filling(each, dtype) for each in (input, *plain)]


clip = clamp  # PyTorch has it under both names
