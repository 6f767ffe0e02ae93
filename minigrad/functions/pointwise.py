"""Functions of one number, applied to each element."""

from __future__ import annotations

from ..ops import relu, sigmoid
from ..primitives import pointwise
from ..tensor import Tensor
from .promotion import floating

__all__ = ["absolute", "exp", "log", "relu", "sigmoid", "sqrt"]


def exp(x: Tensor) -> Tensor:
    return pointwise.exp(floating(x))


def log(x: Tensor) -> Tensor:
    return pointwise.log(floating(x))


def sqrt(x: Tensor) -> Tensor:
    return pointwise.sqrt(floating(x))


def absolute(x: Tensor) -> Tensor:
    return pointwise.absolute(x)
