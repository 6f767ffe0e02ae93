"""The mathematics of the activation functions and of their gradients, in longdouble.

As in `references`, each function gives a result with what rounding may do to it on the way.
"""

from __future__ import annotations

from typing import Any

import numpy as np

import minigrad

from .case import Operands
from .judge import Array, Quantity
from .references import Attributes, Quantities, elementary

ALPHA = np.longdouble("1.6732632423543772848170429916717")
SCALE = np.longdouble("1.0507009873554804934193349852946")
PI = np.arccos(np.longdouble(-1))
TERMS = 300  # of a continued fraction: enough for longdouble from 1 on
MORE = 4  # roundings of a few steps


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


def softmax(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    dim = attributes["dim"]
    shifted, total, noise = powers(operands["x"], dim, dtype)
    p = np.exp(shifted) / total
    mean = (g * p).sum(dim, keepdims=True)
    size = (np.abs(g) * p * (noise + 2)).sum(dim, keepdims=True)
    return {
        "out": Quantity(p, noise=p * noise, wide=True, floor=elementary(dtype)),
        # In the dtype itself: the result is what is kept.
        "grad_x": Quantity(
            (g - mean) * p, noise=p * ((np.abs(g) + np.abs(mean)) * (noise + 2) + size)
        ),
    }


def log_softmax(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    dim = attributes["dim"]
    shifted, total, noise = powers(operands["x"], dim, dtype)
    others = total - 1
    if shifted.size:
        largest = np.expand_dims(shifted.argmax(dim), dim)
        rest = np.exp(shifted)
        itself = np.take_along_axis(rest, largest, dim)  # 1, or NaN
        np.put_along_axis(rest, largest, itself - 1, dim)
        others = rest.sum(dim, keepdims=True)
    logs = shifted - np.log1p(others)
    p = np.exp(logs)
    count = np.sqrt(np.longdouble(shifted.shape[dim]))
    summed = g.sum(dim, keepdims=True)
    kept = p * np.abs(summed) * (1 + MORE + np.nan_to_num(np.abs(logs)))
    kept = kept + p * count * np.abs(g).sum(dim, keepdims=True)
    spread = np.nan_to_num(others) / total * noise
    return {
        "out": Quantity(
            logs,
            roundings=MORE,
            noise=np.broadcast_to(spread, logs.shape),
            wide=True,
            floor=elementary(dtype),
        ),
        "grad_x": Quantity(g - p * summed, noise=np.abs(g) + kept),
    }


def powers(x: Array, dim: int, dtype: np.dtype[Any]) -> tuple[Array, Array, Array]:
    """Scores less the largest, the sum of their powers, and what a power may be off by.

    In float64, taking off the largest rounds, and by as much times the difference the power is
    off; of float32, it is exact there.
    """
    largest = x.max(dim, keepdims=True) if x.size else x.sum(dim, keepdims=True)
    shifted = x - largest
    total = np.exp(shifted).sum(dim, keepdims=True)
    depth = np.nan_to_num(np.abs(shifted), posinf=0) if dtype == np.float64 else 0 * shifted
    count = np.sqrt(np.longdouble(x.shape[dim]))
    average = (np.exp(shifted) * depth).sum(dim, keepdims=True) / total
    return shifted, total, np.nan_to_num(depth + average + MORE + count)


def dropout(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    """The mask is drawn from the stream that both libraries have, in the order of memory."""
    x, keep = operands["x"], 1 - np.longdouble(attributes["p"])
    drawn = np.empty(x.T.shape if attributes.get("transposed") else x.shape, np.float64)
    minigrad.Generator().manual_seed(attributes["seed"]).uniform(drawn)
    drawn = drawn.T if attributes.get("transposed") else drawn
    mask = (drawn < 1 - attributes["p"]).astype(np.longdouble)
    return {
        "out": Quantity(x * (mask / keep), roundings=2, signed_zeros=True),
        "grad_x": Quantity(g * (mask / keep), roundings=2, signed_zeros=True),
    }
