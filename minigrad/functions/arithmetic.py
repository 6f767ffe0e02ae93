"""Sums, products, quotients and powers of tensors and numbers."""

from __future__ import annotations

from .. import dtypes
from ..primitives import arithmetic
from ..tensor import Number, Operand, Tensor
from .conversion import convert
from .promotion import floating, promoted


def add(a: Operand, b: Operand) -> Tensor:
    return arithmetic.add(*promoted(a, b))


def subtract(a: Operand, b: Operand, named: str | None = None) -> Tensor:
    x, y = promoted(a, b)
    if x.array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
            "or `logical_xor()` operator instead."
        )
    return arithmetic.subtract(x, y, named=named)


def multiply(a: Operand, b: Operand) -> Tensor:
    return arithmetic.multiply(*promoted(a, b))


def divide(a: Operand, b: Operand) -> Tensor:
    """a / b; integers give float32."""
    x, y = promoted(a, b)
    return arithmetic.divide(floating(x), floating(y))


def negative(x: Tensor) -> Tensor:
    if x.array.dtype.kind == "b":
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )
    return arithmetic.negative(x)


def power(x: Tensor, exponent: Number) -> Tensor:
    if x.array.dtype.kind != "f" and isinstance(exponent, float):
        x = convert(x, dtypes.float32)
    if x.array.dtype.kind == "i" and exponent < 0:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    return arithmetic.power(x, exponent=exponent)
