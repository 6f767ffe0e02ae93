"""Keeping elements between bounds."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..primitives import clamping
from ..tensor import Operand, Tensor
from . import arguments
from .promotion import OPERANDS, as_operand, as_tensor_of


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
    given = [each for each in (min, max) if each is not None]
    _check_bounds(given, "clamp")
    if not given:
        raise RuntimeError("minigrad.clamp: At least one of 'min' or 'max' must not be None")
    with_tensors = all(isinstance(each, Tensor) for each in given)
    x, *bounds = _together(input, given, "clamp")
    if x.array.dtype.kind == "b" and not (with_tensors and len(bounds) == 1):
        kernel = "clamp_cpu" if with_tensors else "clamp_scalar_cpu"
        raise NotImplementedError(f"\"{kernel}\" not implemented for 'Bool'")
    named = "ClampBackward0" if with_tensors else "ClampBackward1"
    if len(bounds) == 2:
        return clamping.clamp(x, *bounds, named=named)
    one_sided = clamping.clamp_min if max is None else clamping.clamp_max
    return one_sided(x, *bounds, named=named)


def clamp_min(input: Tensor, min: Operand) -> Tensor:
    """Raise what is below `min` to it.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.clamp_min(torch.tensor([-1, 2]), 0)
    tensor([0, 2])
    """
    arguments.require_tensor(input, "clamp_min")
    _check_bounds([min], "clamp_min")
    named = "ClampMinBackward1" if isinstance(min, Tensor) else "ClampMinBackward0"
    return clamping.clamp_min(*_together(input, [min], "clamp_min"), named=named)


def clamp_max(input: Tensor, max: Operand) -> Tensor:
    """Lower what is above `max` to it.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.clamp_max(torch.tensor([-1, 2]), 0)
    tensor([-1,  0])
    """
    arguments.require_tensor(input, "clamp_max")
    _check_bounds([max], "clamp_max")
    named = "ClampMaxBackward1" if isinstance(max, Tensor) else "ClampMaxBackward0"
    return clamping.clamp_max(*_together(input, [max], "clamp_max"), named=named)


def _check_bounds(bounds: list[Any], function: str) -> None:
    for bound in bounds:
        if not isinstance(bound, OPERANDS):
            raise TypeError(
                f"{function}(): a bound must be Tensor or Number, not {type(bound).__name__}"
            )
    tensors = [bound for bound in bounds if isinstance(bound, Tensor)]
    if len(tensors) == 1 < len(bounds) and tensors[0].array.ndim:
        raise TypeError(f"{function}(): min and max must both be Tensor, or both Number")


def _together(input: Tensor, bounds: list[Any], function: str) -> list[Tensor]:
    """The input and its bounds in one dtype."""
    plain = [as_operand(bound, function, "bound", 2) for bound in bounds]
    dtype = dtypes.result_type(input, *plain)
    return [as_tensor_of(each, dtype) for each in (input, *plain)]


clip = clamp  # PyTorch has it under both names
