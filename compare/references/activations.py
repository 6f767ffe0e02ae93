"""The mathematics of activation functions and of their gradients, in longdouble.

For the form see `rounding`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..case import Operands
from ..judging.judge import Array, Quantity
from .rounding import Attributes, Quantities, elementary

ALPHA = np.longdouble("1.6732632423543772848170429916717")
SCALE = np.longdouble("1.0507009873554804934193349852946")
PI = np.arccos(np.longdouble(-1))
TERMS = 300  # of a continued fraction: enough for longdouble from 1 on
MORE = 4  # roundings of a few steps


def relu(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    x = operands["x"]
    return {
        "out": Quantity(np.where(x < 0, 0, x), signed_zeros=True),
        "grad_x": Quantity(np.where(x <= 0, 0, g)),
    }


def elu(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    x, alpha = operands["x"], np.longdouble(attributes["alpha"])
    negative = np.where(x > 0, 0, x)
    out = np.where(x > 0, x, alpha * np.expm1(negative))
    scaling = 0 if abs(alpha) == 1 else 2  # alpha is rounded, and the product with it
    # The last bits of an exp that is subnormal do not shrink with it.
    growth = np.maximum(np.exp(negative), np.finfo(dtype).smallest_normal)
    noise = (scaling + 2 * elementary(dtype)) * np.abs(g * alpha) * growth
    return {
        "out": Quantity(
            np.where(x == 0, x, out),  # whatever alpha's sign
            roundings=scaling,
            floor=elementary(dtype),
            signed_zeros=True,
        ),
        "grad_x": Quantity(
            np.where(x > 0, g, g * alpha * np.exp(negative)), noise=np.where(x > 0, 0, noise)
        ),
    }


def sigmoid(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x = operands["x"]
    decay = np.exp(-np.abs(x))
    y = np.where(x < 0, decay, 1) / (1 + decay)
    falling = np.where(x < 0, 1, decay) / (1 + decay)  # 1 - y
    rounded = np.maximum(y, np.finfo(dtype).smallest_normal)  # a subnormal's error is as large
    return {
        "out": Quantity(y, roundings=2, wide=True, floor=elementary(dtype)),
        "grad_x": Quantity(
            g * y * falling, roundings=2, noise=np.abs(g) * (rounded * np.abs(falling - y))
        ),
    }


def tanh(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    y = np.tanh(operands["x"])
    decay = np.exp(-2 * np.abs(operands["x"]))
    last = elementary(dtype) if dtype == np.float32 else 2.0  # what C libraries promise of tanh
    noise = np.abs(g) * y * y * (4 * last + 2)  # of the result, which is what is kept
    return {
        "out": Quantity(y, floor=last, signed_zeros=True),
        "grad_x": Quantity(g * 4 * decay / (1 + decay) ** 2, roundings=2, noise=noise),
    }


def leaky_relu(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, slope = operands["x"], np.longdouble(attributes["negative_slope"])
    return {
        "out": Quantity(np.where(x > 0, x, slope * x), roundings=1, signed_zeros=True),
        "grad_x": Quantity(np.where(x > 0, g, slope * g), roundings=1),
    }


def selu(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    x = operands["x"]
    negative, falling = np.where(x > 0, 0, x), ALPHA * SCALE
    last = np.abs(g) * falling * np.finfo(np.float64).smallest_normal  # of a subnormal exp
    return {
        "out": Quantity(
            np.where(x > 0, SCALE * x, falling * np.expm1(negative)),
            roundings=MORE,
            wide=True,
            floor=elementary(dtype),
        ),
        "grad_x": Quantity(
            g * np.where(x > 0, SCALE, falling * np.exp(negative)),
            roundings=MORE,
            noise=2 * last,
            wide=True,
            floor=elementary(dtype),
        ),
    }


def softplus(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, beta, threshold = operands["x"], attributes["beta"], attributes["threshold"]
    number = dtype.type
    with np.errstate(over="ignore"):
        above = x.astype(dtype) * number(beta) > number(threshold)
    t = x * np.longdouble(beta)
    decay = np.exp(-np.abs(t))
    curve = (np.maximum(t, 0) + np.log1p(decay)) / np.longdouble(beta)
    rising = np.where(t < 0, decay, 1) / (1 + decay)
    finite = np.where(np.isfinite(t), np.abs(t), 0)  # beta · x is rounded
    return {
        "out": Quantity(
            np.where(above, x, curve),
            roundings=MORE,
            noise=np.where(above, 0, finite * rising / abs(beta)),
            wide=True,
            floor=elementary(dtype),
        ),
        "grad_x": Quantity(
            np.where(above, g, g * rising),
            roundings=MORE,
            noise=np.abs(g) * finite * decay,
            wide=True,
            floor=elementary(dtype),
        ),
    }


def gelu(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    x = operands["x"]
    if attributes["approximate"] == "tanh":
        inner, slope = x + 0.044715 * x**3, 1 + 3 * 0.044715 * x**2
        t, t_slope = 2 * np.sqrt(2 / PI) * inner, 2 * np.sqrt(2 / PI) * slope
        decay = np.exp(-np.abs(t))
        probability = np.where(t < 0, decay, 1) / (1 + decay)
        density = decay / (1 + decay) ** 2 * t_slope
        sensitivity = np.abs(t) * decay  # to the roundings of t
        lost = probability + np.abs(x * t_slope) * probability
    else:
        z = -x * np.sqrt(np.longdouble(0.5))
        probability = erfc(z) / 2
        density = np.exp(-x * x / 2) / np.sqrt(2 * PI)
        sensitivity = x * x * density
        lost = probability
    swing = np.nan_to_num(np.abs(x) * density * (1 + np.nan_to_num(x * x)))
    noise = MORE * np.nan_to_num(np.abs(x) * sensitivity)
    slope_noise = MORE * np.nan_to_num(np.abs(g) * (lost + sensitivity + swing))
    return {
        "out": Quantity(
            x * probability,
            roundings=MORE,
            noise=noise,
            wide=True,
            floor=elementary(dtype),
            signed_zeros=True,
        ),
        "grad_x": Quantity(
            g * (probability + x * density),
            noise=slope_noise,
            wide=True,
            floor=elementary(dtype),
        ),
    }


def erfc(z: Array) -> Array:
    """The complementary error function: by its series to 1, by a continued fraction beyond."""
    size = np.abs(z)
    small = np.minimum(size, 1)
    total = term = small
    for n in range(1, 40):
        term = term * (2 * small * small / (2 * n + 1))
        total = total + term
    near = 1 - 2 / np.sqrt(PI) * np.exp(-small * small) * total
    large = np.maximum(size, 1)
    below = large
    for n in range(TERMS, 0, -1):
        below = large + np.longdouble(n) / 2 / below
    far = np.exp(-large * large) / (np.sqrt(PI) * below)
    upper = np.where(size <= 1, near, far)
    return np.where(z < 0, 2 - upper, np.where(np.isnan(z), np.nan, upper))


def silu(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    x = operands["x"]
    decay = np.exp(-np.abs(x))
    gate, falling = np.where(x < 0, decay, 1) / (1 + decay), np.where(x < 0, 1, decay)
    falling = falling / (1 + decay)  # 1 - gate
    noise = MORE * np.abs(g) * gate * (1 + np.nan_to_num(np.abs(x)))
    return {
        "out": Quantity(
            x * gate, roundings=MORE, wide=True, floor=elementary(dtype), signed_zeros=True
        ),
        "grad_x": Quantity(
            g * gate * (1 + x * falling),
            noise=np.nan_to_num(noise),
            wide=True,
            floor=elementary(dtype),
        ),
    }
