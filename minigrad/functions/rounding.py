"""Rounding to whole numbers or decimals, and signs: constant in steps, their gradient is 0."""

from __future__ import annotations

from ..primitives import rounding
from ..primitives.primitive import Primitive
from ..tensor import Tensor
from . import arguments
from .conversion import clone
from .sizes import NOT_GIVEN, integer


def round(input: Tensor, *, decimals: int = NOT_GIVEN) -> Tensor:
    """Round to whole numbers or decimals, halves to the even neighbour.

    Parameters
    ----------
    input : Tensor
        Floating point, or whole numbers if `decimals` is not given.
    decimals : int
        How many digits after the point are kept; if negative, how many before it are not.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.round(torch.tensor([0.5, 1.5, 2.5]))
    tensor([0., 2., 2.])
    >>> torch.round(torch.tensor([1.2345]), decimals=2)
    tensor([1.2300])
    """
    if decimals is NOT_GIVEN:
        return _rounded(rounding.rint, input, "round")
    arguments.require_tensor(input, "round")
    digits = integer(decimals, "decimals", "round")
    if input.array.dtype.kind != "f":
        name = input.dtype.scalar_type
        raise NotImplementedError(f"\"round_cpu\" not implemented for '{name}'")
    return rounding.round(input, named="RoundBackward1", decimals=digits)


def floor(input: Tensor) -> Tensor:
    """Round down to whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.floor(torch.tensor([1.5, -1.5]))
    tensor([ 1., -2.])
    """
    return _rounded(rounding.floor, input, "floor")


def ceil(input: Tensor) -> Tensor:
    """Round up to whole numbers.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.ceil(torch.tensor([1.5, -1.5]))
    tensor([ 2., -1.])
    """
    return _rounded(rounding.ceil, input, "ceil")


def trunc(input: Tensor) -> Tensor:
    """Round towards 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.trunc(torch.tensor([1.5, -1.5]))
    tensor([ 1., -1.])
    """
    return _rounded(rounding.trunc, input, "trunc")


def _rounded(primitive: Primitive, input: Tensor, function: str) -> Tensor:
    arguments.require_tensor(input, function)
    arguments.refuse_bool(input, f"{function}_vml_cpu")
    return primitive(input) if input.array.dtype.kind == "f" else clone(input)


def sign(input: Tensor) -> Tensor:
    """Give -1, 0 or 1; 0 for NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sign(torch.tensor([-2.5, 0.0, 3.0]))
    tensor([-1.,  0.,  1.])
    """
    arguments.require_tensor(input, "sign")
    return clone(input) if input.array.dtype.kind == "b" else rounding.sign(input)


fix = trunc  # PyTorch has it under both names
