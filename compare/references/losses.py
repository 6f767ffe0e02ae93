"""The mathematics of losses and of their gradients, in longdouble; for the form see `rounding`.

Losses of classes are worked out on rows of scores, (N, C), whatever the shape of the scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ..case import Operands
from ..judging.judge import Array, Quantity
from .rounding import FEW, Attributes, Quantities, elementary

WEIGHTS = ("weight", "pos_weight")

LARGEST_LOG = 100.0  # binary cross entropy: a logarithm is not below -100 ...
SMALLEST_SLOPE = 1e-12  # ... and p (1 - p) in the gradient not below this


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


def l1_loss(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    difference = operands["x"] - operands["target"]
    return of_difference(np.abs(difference), np.sign(difference), attributes, g)


def smooth_l1_loss(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    difference, beta = operands["x"] - operands["target"], np.longdouble(attributes["beta"])
    distance = np.abs(difference)
    losses = np.where(distance < beta, distance**2 / (2 * beta), distance - beta / 2)
    return of_difference(losses, np.clip(difference / beta, -1, 1), attributes, g)


def huber_loss(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    difference, delta = operands["x"] - operands["target"], np.longdouble(attributes["delta"])
    distance = np.abs(difference)
    losses = np.where(distance <= delta, distance**2 / 2, delta * (distance - delta / 2))
    return of_difference(losses, np.clip(difference, -delta, delta), attributes, g)


def of_difference(losses: Array, slopes: Array, attributes: Attributes, g: Array) -> Quantities:
    found = {"x": slopes, "target": -slopes}
    return reduced(losses, found, attributes["reduction"], losses.size, g)


def binary_cross_entropy_with_logits(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x, target = operands["x"], operands["target"]
    weight, pos_weight = (1 if operands[each] is None else operands[each] for each in WEIGHTS)
    decay = np.exp(-np.abs(x))
    positive, rising = pos_weight * target, np.where(x < 0, decay, 1) / (1 + decay)
    falling = np.where(x < 0, 1, decay) / (1 + decay)
    straight = np.where(x < 0, -positive * x, (1 - target) * x)
    losses = weight * (straight + (1 - target + positive) * np.log1p(decay))
    losses = np.where(np.isinf(x) & ((x < 0) | (target == 1)), np.nan, losses)
    slopes = weight * ((1 - target) * rising - positive * falling)
    sizes = weight * ((1 - target) * rising + positive * falling)  # of what cancels
    both = {"x": slopes, "sizes": sizes}
    found = reduced(losses, both, attributes["reduction"], losses.size, g)
    noise = FEW * np.abs(found["grad_sizes"].value)
    return {
        "out": replace(found["out"], floor=elementary(dtype)),
        "grad_x": replace(found["grad_x"], noise=noise, floor=elementary(dtype)),
    }


def nll_loss(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    x = in_rows(operands["x"])
    chosen = classes(operands, attributes) * class_weights(operands)
    losses = -np.where(chosen == 0, 0, chosen * x).sum(1)
    divisor = chosen.sum() if attributes["reduction"] == "mean" else 1
    return of_rows(operands, losses, -chosen, 0 * chosen, divisor, attributes, g)


def cross_entropy(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    smoothing, weights = np.longdouble(attributes["label_smoothing"]), class_weights(operands)
    chosen = classes(operands, attributes)
    kept = chosen.sum(1, keepdims=True)
    wanted = ((1 - smoothing) * chosen + kept * smoothing / chosen.shape[1]) * weights
    divisor = (chosen * weights).sum() if attributes["reduction"] == "mean" else 1
    return of_scores(operands, wanted, divisor, attributes, g, dtype)


def cross_entropy_of_probabilities(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    smoothing, target = np.longdouble(attributes["label_smoothing"]), in_rows(operands["target"])
    wanted = (1 - smoothing) * target + smoothing / target.shape[1]
    divisor = len(target) if attributes["reduction"] == "mean" else 1
    return of_scores(operands, wanted * class_weights(operands), divisor, attributes, g, dtype)


def kl_div(
    operands: Operands, attributes: Attributes, g: Array, dtype: np.dtype[Any]
) -> Quantities:
    """target · (log target - x), whose two terms cancel where distributions are alike."""
    x, target = operands["x"], operands["target"]
    if attributes["log_target"]:
        p = np.exp(target)
        losses, sizes = p * (target - x), p * (np.abs(target) + np.abs(x))
        by_target, largest = p * (target - x + 1), p * (np.abs(target) + np.abs(x) + 1)
    else:
        p, logarithm = target, np.log(np.where(target == 0, 1, target))
        losses, sizes = p * (logarithm - x), p * (np.abs(logarithm) + np.abs(x))
        by_target, largest = logarithm + 1 - x, np.abs(logarithm) + np.abs(x) + 1
    reduction = attributes["reduction"]
    divisor = {"mean": x.size, "batchmean": len(x) if x.ndim else 1}.get(reduction, 1)
    start = g / np.longdouble(divisor)
    found = {
        "grad_x": Quantity(-p * start, roundings=FEW, floor=elementary(dtype)),
        "grad_target": Quantity(by_target * start, noise=FEW * largest * np.abs(start)),
    }
    if reduction == "none":
        return {"out": Quantity(losses, noise=FEW * sizes), **found}
    noise = (FEW + np.sqrt(x.size)) * sizes.sum() / divisor
    return {"out": Quantity(losses.sum() / np.longdouble(divisor), noise=noise), **found}


def of_scores(
    operands: Operands,
    wanted: Array,
    divisor: Array | int,
    attributes: Attributes,
    g: Array,
    dtype: np.dtype[Any],
) -> Quantities:
    """Cross entropy of the softmax of scores with what is wanted of each class."""
    x = in_rows(operands["x"])
    shifted = x - x.max(1, keepdims=True)
    powers = np.exp(shifted)
    others = np.where(np.arange(x.shape[1]) == x.argmax(1)[:, None], 0, powers)
    logarithms = shifted - np.log1p(others.sum(1, keepdims=True))
    losses = -np.where(wanted == 0, 0, wanted * logarithms).sum(1)
    p = powers / powers.sum(1, keepdims=True) * wanted.sum(1, keepdims=True)
    found = of_rows(operands, losses, p - wanted, p + np.abs(wanted), divisor, attributes, g)
    return {name: replace(each, floor=elementary(dtype)) for name, each in found.items()}


def of_rows(
    operands: Operands,
    losses: Array,
    slopes: Array,
    sizes: Array,
    divisor: Array | int,
    attributes: Attributes,
    g: Array,
) -> Quantities:
    """Losses of rows; slopes of scores, and the sizes of what cancels in them."""
    shape = operands["x"].shape
    start = g.reshape(-1, 1) / divisor if attributes["reduction"] == "none" else g / divisor
    grad = Quantity(
        from_rows(slopes * start, shape),
        roundings=8,
        noise=8 * np.abs(from_rows(sizes * start, shape)),
        wide=True,
    )
    if attributes["reduction"] == "none":
        return {"out": Quantity(losses.reshape(g.shape), roundings=8, wide=True), "grad_x": grad}
    noise = FEW * np.abs(losses).sum() / divisor
    out = Quantity(np.asarray(losses.sum() / divisor), noise=noise, wide=True)
    return {"out": out, "grad_x": grad}


def in_rows(x: Array) -> Array:
    """(N, C, ...) as (N · L, C), and (C,) as (1, C)."""
    if x.ndim == 1:
        return x[None]
    return np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])


def from_rows(rows: Array, shape: tuple[int, ...]) -> Array:
    """(N · L, C) back to the shape of the scores."""
    if len(shape) == 1:
        return rows[0]
    return np.moveaxis(rows.reshape(shape[0], *shape[2:], shape[1]), -1, 1)


def class_weights(operands: Operands) -> Array | int:
    return 1 if operands["weight"] is None else operands["weight"]


def classes(operands: Operands, attributes: Attributes) -> Array:
    """1 where a class is its row's target, (N, C); a row to be ignored has none."""
    target = operands["target"].reshape(-1, 1)
    found = target == np.arange(in_rows(operands["x"]).shape[1])
    return (found & (target != attributes["ignore_index"])).astype(np.longdouble)


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
