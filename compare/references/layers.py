"""The mathematics of layers and of their gradients, in longdouble; for the form see `rounding`."""

from __future__ import annotations

from typing import Any

import numpy as np

import minigrad

from ..case import Operands
from ..judging.judge import Array, Quantity
from .rounding import FEW, Attributes, Quantities


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


def layer_norm(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    row = attributes["normalized_shape"]
    n = int(np.prod(row))
    x, grads = operands["x"].reshape(-1, n), g.reshape(-1, n)
    weight, bias = (
        np.full(n, neutral, np.longdouble) if given is None else given.reshape(n)
        for given, neutral in ((operands["weight"], 1), (operands["bias"], 0))
    )
    many, many_rows = 4 + np.sqrt(n), 4 + np.sqrt(len(x))
    mean = exact_mean(x.T)[:, None]
    invstd = 1 / np.sqrt(exact_mean(((x - mean) ** 2).T) + np.longdouble(attributes["eps"]))
    invstd = invstd[:, None]
    normal = (x - mean) * invstd
    # Shifting x by its largest value and the mean by as much is all that x - mean can lose.
    lost = many * (np.abs(mean) + np.abs(x).max(1, initial=0)[:, None]) * invstd
    slopes = grads * weight
    slope, product, size, size_of_product = (
        exact_mean(each.T)[:, None]
        for each in (slopes, slopes * normal, np.abs(slopes), np.abs(slopes * normal))
    )
    grad_x = invstd * (slopes - slope - normal * product)
    noise = many * (np.abs(slopes) + size + np.abs(normal) * size_of_product)
    noise = noise + lost * (np.abs(product) + (1 + np.abs(normal)) * size)
    sizes = np.abs(grads)
    found = {
        "out": (normal * weight + bias, lost * np.abs(weight) + 4 * np.abs(normal * weight)),
        "grad_x": (grad_x, invstd * noise),
        "grad_weight": (
            (grads * normal).sum(0),
            (many_rows * sizes * np.abs(normal) + lost * sizes).sum(0),
        ),
        "grad_bias": (grads.sum(0), many_rows * sizes.sum(0)),
    }
    return {
        name: Quantity(
            value.reshape(operands["x"].shape if value.ndim == 2 else row),
            noise=noise.reshape(operands["x"].shape if value.ndim == 2 else row),
            wide=True,
        )
        for name, (value, noise) in found.items()
    }


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
