"""Tensors with channels, (N, C, ...), as matrices with a column for each channel.

And what else batch normalisation in training and in evaluation have in common.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

from ..kernels.blocks import part
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Operand
from ..kernels.lanes import LANES, load, store, widened
from ..kernels.moments import TILE
from ..launch import empty
from ..primitives import copies
from ..tensor import Tensor

# A kernel's operand (K, C): K numbers for each channel.
PerChannel: TypeAlias = Annotated[Array, Operand(2, "float64")]


def check_channels(
    x: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    mean: Tensor | None = None,
    var: Tensor | None = None,
) -> None:
    """Raise unless x is (N, C) and each other tensor has one element for each channel."""
    shape = x.array.shape
    if len(shape) != 2:
        raise ValueError(f"expected 2D input (got {len(shape)}D input)")
    channels = shape[1:]
    for position, tensor in enumerate((mean, var, weight, bias)):
        if tensor is not None and tensor.array.shape != channels:
            name = ("running_mean", "running_var", "weight", "bias")[position]
            raise RuntimeError(
                f"{name} should contain {shape[1]} elements not {tensor.array.size}"
            )


def as_rows(x: Tensor) -> Tensor:
    """(N, C, ...) as (N · L, C): a channel's statistics do not tell N and what follows apart."""
    N, C, *rest = x.array.shape
    return x.permute(0, *range(2, x.array.ndim), 1).reshape(N * math.prod(rest), C)


def from_rows(rows: Tensor, shape: tuple[int, ...]) -> Tensor:
    """(N · L, C) back to `shape`, (N, C, ...)."""
    N, C, *rest = shape
    last = len(shape) - 1
    moved = rows.reshape(N, *rest, C).permute(0, last, *range(1, last))
    return copies.clone(moved, keep_order=False, named="NativeBatchNormBackward0")


def or_empty(weight: Array | None, x: Array) -> Array:
    """The weight, or for none the empty array of x's dtype that stands for it in a kernel."""
    return empty((0,), x.dtype) if weight is None else weight


@exactly  # type: ignore[untyped-decorator]
def normalise(
    first: int, last: int, x: Array, mean: Array, invstd: Array, weight: Array, bias: Array,
    out: Array,
) -> int:  # fmt: skip
    """Write (x - mean) · invstd · weight + bias, for some parts of x."""
    C = x.shape[1]
    for k in range(first, last):
        _, rows, columns = part(k, x.shape)
        for tile in range(rows[0], rows[1], TILE):
            for c in range(columns[0], columns[1], LANES):
                centre, factor = widened(load(mean, c, C - c)), load(invstd, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
                    store(out, n * C + c, C - c, affine_lanes(normal, weight, bias, c))
    return 0


@exactly  # type: ignore[untyped-decorator]
def gradient_of_batch(
    first: int, last: int, grad: Array, x: Array, weight: Array, stats: Array, means: Array,
    grad_x: Array,
) -> int:  # fmt: skip
    """Write the gradient of some parts of x, normalised by statistics of its own.

    It is (grad - mean of grad - normal · mean of grad · normal) · invstd · weight, where normal
    is x normalised. Those two are the first of `means`.
    """
    C, mean, invstd, mean_grad, mean_product = x.shape[1], stats[0], stats[2], means[0], means[1]
    for k in range(first, last):
        _, rows, columns = part(k, x.shape)
        for tile in range(rows[0], rows[1], TILE):
            for c in range(columns[0], columns[1], LANES):
                centre, factor = load(mean, c, C - c), load(invstd, c, C - c)
                shift, slope = load(mean_grad, c, C - c), load(mean_product, c, C - c)
                for n in range(tile, min(tile + TILE, rows[1])):
                    normal = (widened(load(x, n * C + c, C - c)) - centre) * factor
                    centred = widened(load(grad, n * C + c, C - c)) - shift - normal * slope
                    store(grad_x, n * C + c, C - c, scaled_lanes(centred * factor, weight, c))
    return 0


@exactly  # type: ignore[untyped-decorator]
def scaled(value: Any, weight: Array, c: int) -> Any:
    """value · weight[c], in a kernel; an empty weight stands for none."""
    return value * weight[c] if weight.size else value


@exactly  # type: ignore[untyped-decorator]
def scaled_lanes(lanes: Any, weight: Array, c: int) -> Any:
    """The lanes of channels from c on times their weights; an empty weight stands for none."""
    return lanes * widened(load(weight, c, weight.size - c)) if weight.size else lanes


@exactly  # type: ignore[untyped-decorator]
def affine_lanes(lanes: Any, weight: Array, bias: Array, c: int) -> Any:
    """The same plus their biases; an empty bias stands for none."""
    scaled = scaled_lanes(lanes, weight, c)
    return scaled + widened(load(bias, c, bias.size - c)) if bias.size else scaled
