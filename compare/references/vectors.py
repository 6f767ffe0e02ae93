"""The mathematics of ways between numbers and of directions; for the form see `rounding`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..case import Operands
from ..judging.judge import Array, Quantity
from .rounding import FEW, Attributes, Quantities


def lerp(operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]) -> Quantities:
    """From the nearer end, so that the way's rounding counts for half of it at the most."""
    start, end, weight = operands["start"], operands["end"], operands["weight"]
    if weight is None:
        weight = np.longdouble(dtype.type(attributes["weight"]))
    way, near = end - start, np.abs(weight) < 0.5
    part = np.where(near, weight, weight - 1)
    found = {
        "out": Quantity(
            np.where(near, start, end) + part * way, noise=FEW * np.abs(part) * np.abs(way)
        ),
        "grad_start": Quantity(g * (1 - weight), roundings=2),
        "grad_end": Quantity(g * weight, roundings=1),
    }
    return {**found, "grad_weight": Quantity(g * way, roundings=2)}


def normalize(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, p, dim = operands["x"], attributes["p"], attributes["dim"]
    many = FEW + np.sqrt(x.shape[dim])
    lengths = norm(x, p, dim)
    divisor = np.maximum(lengths, np.longdouble(attributes["eps"]))
    slope = np.where(lengths == divisor, slope_of_norm(x, lengths, p), 0)
    along, size = (each.sum(dim, keepdims=True) for each in (g * x, np.abs(g * x)))
    return {
        "out": Quantity(x / divisor, roundings=many),
        "grad_x": Quantity(
            (g - slope * along / divisor) / divisor,
            noise=many * (np.abs(g) + 2 * np.abs(slope) * size / divisor) / divisor,
        ),
    }


def cosine_similarity(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    dim, vectors = attributes["dim"], (operands["x1"], operands["x2"])
    many = FEW + np.sqrt(vectors[0].shape[dim])
    lengths = [norm(each, 2, dim) for each in vectors]
    divisors = [np.maximum(each, np.longdouble(attributes["eps"])) for each in lengths]
    units = [each / divisor for each, divisor in zip(vectors, divisors, strict=True)]
    product = units[0] * units[1]
    cosine, size = (each.sum(dim, keepdims=True) for each in (product, np.abs(product)))
    found = {"out": Quantity(cosine.squeeze(dim), noise=2 * many * size.squeeze(dim))}
    start = np.expand_dims(g, dim)
    for k, name in enumerate(operands):
        slope, other = slope_of_norm(vectors[k], lengths[k], 2), units[1 - k]
        noise = np.abs(other) + 2 * np.abs(slope) * size
        found[f"grad_{name}"] = Quantity(
            start * (other - slope * cosine) / divisors[k],
            noise=many * np.abs(start) * noise / divisors[k],
        )
    return found


def norm(x: Array, p: float, dim: int) -> Array:
    return np.asarray((np.abs(x) ** p).sum(dim, keepdims=True) ** (1 / np.longdouble(p)))


def slope_of_norm(x: Array, lengths: Array, p: float) -> Array:
    """0 where all elements are."""
    safe = np.where(lengths == 0, 1, lengths)
    return np.asarray(np.sign(x) * (np.abs(x) / safe) ** (p - 1))
