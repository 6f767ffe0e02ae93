"""The mathematics of softmax and of its logarithm, in longdouble; for the form see `rounding`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..case import Operands
from ..judging.judge import Array, Quantity
from .activations import MORE
from .rounding import Attributes, Quantities, elementary


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
