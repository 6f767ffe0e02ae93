"""The mathematics of each operation and of its gradient, in longdouble, by formula.

Each function is named after the operation. It takes what `case.Operation.reference` says and
gives each result with what rounding may do to it on the way (`judge.Quantity`). Sums of n terms
count √n roundings of their magnitudes: rounding errors of mixed signs grow no faster (Higham &
Mary, "A new approach to probabilistic rounding error analysis", 2019). Losses and a batch's
statistics are held to more: to `FEW` roundings, as if their sums were exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .case import Operands
from .judge import Array, Quantity

Attributes = Mapping[str, Any]
Quantities = dict[str, Quantity]

LARGEST_LOG = 100.0  # binary cross entropy: a logarithm is not below -100 ...
SMALLEST_SLOPE = 1e-12  # ... and p (1 - p) in the gradient not below this
FEW = 4


def elementary(dtype: np.dtype[Any]) -> float:
    """What exp may be off in ulp when it is the last step: C libraries promise 1 for float64."""
    return 0.51 if dtype == np.float32 else 1.0


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


def linear(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, weight, bias = operands["x"], operands["weight"], operands["bias"]
    shift = np.zeros(weight.shape[0], np.longdouble) if bias is None else bias
    rows, grads = x.reshape(-1, x.shape[-1]), g.reshape(-1, weight.shape[0])
    (N, K), M = rows.shape, weight.shape[0]

    def product(a: Array, b: Array, terms: int, shape: tuple[int, ...]) -> Quantity:
        noise = (1 + np.sqrt(terms)) * (np.abs(a) @ np.abs(b))
        return Quantity((a @ b).reshape(shape), noise=noise.reshape(shape))

    out = product(np.c_[rows, np.ones(N)], np.c_[weight, shift].T, K + 1, g.shape)
    return {
        "out": out,
        "grad_x": product(grads, weight, M, x.shape),
        "grad_weight": product(grads.T, rows, N, weight.shape),
        "grad_bias": product(np.ones((1, N)), grads, N, (M,)),
    }


def batch_norm(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, grads = as_rows(operands["x"]), as_rows(g)
    weight, bias = scale_and_shift(operands)
    n, eps, momentum = len(x), np.longdouble(attributes["eps"]), attributes["momentum"]
    many = 4 + np.sqrt(n)
    mean = exact_mean(x)
    var = exact_mean((x - mean) ** 2)
    invstd = 1 / np.sqrt(var + eps)
    normal = (x - mean) * invstd
    # Shifting x by its largest value and the mean by as much is all that x - mean can lose.
    lost = many * (np.abs(mean) + np.abs(x).max(0, initial=0)) * invstd
    slope, product = exact_mean(grads), exact_mean(grads * normal)
    size, size_of_product = exact_mean(np.abs(grads)), exact_mean(np.abs(grads * normal))
    grad_x = weight * invstd * (grads - slope - normal * product)
    grad_noise = np.abs(grads) + size + np.abs(normal) * size_of_product
    grad_noise = many * grad_noise + lost * (np.abs(product) + (1 + np.abs(normal)) * size)
    like = operands["x"].shape
    unbiased = n / np.longdouble(max(n - 1, 1))
    spread = FEW * var + (lost / invstd) ** 2 * 2.0**-53
    kept_mean = (1 - momentum) * operands["running_mean"]
    kept_var = (1 - momentum) * operands["running_var"]
    found = {
        "out": (normal * weight + bias, lost * np.abs(weight) + 4 * np.abs(normal * weight)),
        "grad_x": (grad_x, np.abs(weight) * invstd * grad_noise),
        "grad_weight": (n * product, n * (many * size_of_product + lost * size)),
        "grad_bias": (n * slope, n * many * size),
        "running_mean": (
            kept_mean + momentum * mean,
            4 * np.abs(kept_mean) + momentum * FEW * exact_mean(np.abs(x)),
        ),
        "running_var": (
            kept_var + momentum * unbiased * var,
            4 * np.abs(kept_var) + momentum * unbiased * spread,
        ),
    }
    return from_columns(found, like)


def batch_norm_inference(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, grads = as_rows(operands["x"]), as_rows(g)
    weight, bias = scale_and_shift(operands)
    invstd = 1 / np.sqrt(operands["running_var"] + np.longdouble(attributes["eps"]))
    normal = (x - operands["running_mean"]) * invstd
    many = 5 + np.sqrt(len(x))
    grad_x = grads * invstd * weight
    found = {
        "out": (normal * weight + bias, 6 * np.abs(normal * weight) + np.abs(bias)),
        "grad_x": (grad_x, 5 * np.abs(grad_x)),
        "grad_weight": ((grads * normal).sum(0), many * np.abs(grads * normal).sum(0)),
        "grad_bias": (grads.sum(0), many * np.abs(grads).sum(0)),
    }
    return from_columns(found, operands["x"].shape)


def binary_cross_entropy(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    p, target = operands["p"], operands["target"]
    weight = 1 if operands["weight"] is None else operands["weight"]
    log_p = np.maximum(np.log(p), -LARGEST_LOG)
    log_q = np.maximum(np.log1p(-p), -LARGEST_LOG)
    losses = -weight * (target * log_p + (1 - target) * log_q)
    slopes = weight * (p - target) / np.maximum(p * (1 - p), np.longdouble(SMALLEST_SLOPE))
    return reduced(losses, {"p": slopes}, attributes["reduction"], losses.size, g)


def mse_loss(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, target, weight = operands["x"], operands["target"], operands["weight"]
    factor = np.ones_like(x) if weight is None else weight
    slopes = 2 * factor * (x - target)
    losses = factor * (x - target) ** 2
    return reduced(
        losses,
        {"x": slopes, "target": -slopes},
        attributes["reduction"],
        factor.sum(),
        g,
        wide=weight is None,
    )


def reduced(
    losses: Array,
    slopes: Mapping[str, Array],
    reduction: str,
    count: Any,
    g: Array,
    wide: bool = True,
) -> Quantities:
    """Losses of elements and their slopes, summed, divided by `count`, or each by itself."""
    scale = 1 / np.longdouble(count) if reduction == "mean" else np.longdouble(1)
    found = {
        f"grad_{name}": Quantity(slope * (g * scale), roundings=8, wide=wide)
        for name, slope in slopes.items()
    }
    if reduction == "none":
        return {"out": Quantity(losses, roundings=6, wide=wide), **found}
    noise = FEW * np.abs(losses).sum() * np.abs(scale)
    return {"out": Quantity(losses.sum() * scale, noise=noise, wide=wide), **found}


def exact_mean(x: Array) -> Array:
    """The mean of each column, corrected once: of equal numbers it is that number."""
    mean = x.mean(0)
    return mean + (x - mean).mean(0)


def as_rows(x: Array) -> Array:
    """(N, C) or (N, C, L) as (N · L, C)."""
    return x if x.ndim == 2 else np.moveaxis(x, 1, 2).reshape(-1, x.shape[1])


def scale_and_shift(operands: Operands) -> tuple[Array, Array]:
    channels = operands["x"].shape[1]
    weight, bias = operands["weight"], operands["bias"]
    return (
        np.ones(channels, np.longdouble) if weight is None else weight,
        np.zeros(channels, np.longdouble) if bias is None else bias,
    )


def from_columns(found: dict[str, tuple[Array, Array]], like: tuple[int, ...]) -> Quantities:
    """Quantities whose intermediates are float64; rows back to the shape of the operand."""

    def shaped(array: Array) -> Array:
        if array.ndim == 1 or len(like) == 2:
            return array
        return np.moveaxis(array.reshape(like[0], like[2], like[1]), 2, 1)

    return {
        name: Quantity(shaped(value), noise=shaped(noise), wide=True)
        for name, (value, noise) in found.items()
    }
