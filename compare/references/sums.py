"""The mathematics of products and quotients added to a number; for the form see `rounding`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..case import Operands
from ..judging.judge import Array, Quantity
from .rounding import Attributes, Quantities


def addcmul(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, a, b = operands["x"], operands["a"], operands["b"]
    value = np.longdouble(dtype.type(attributes["value"]))
    product = value * a * b
    return {
        "out": Quantity(x + product, noise=2 * np.abs(product)),
        "grad_x": Quantity(g),
        "grad_a": Quantity(g * b * value, roundings=1),
        "grad_b": Quantity(g * a * value, roundings=1),
    }


def addcdiv(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, a, b = operands["x"], operands["a"], operands["b"]
    value = np.longdouble(dtype.type(attributes["value"]))
    quotient = value * a / b
    return {
        "out": Quantity(x + quotient, noise=2 * np.abs(quotient)),
        "grad_x": Quantity(g),
        "grad_a": Quantity(g * value / b, roundings=2),
        "grad_b": Quantity(-g * quotient / b, roundings=3),
    }
