"""Layer normalisation: each row of x shifted to mean 0 and scaled to variance 1.

    out = (x - mean) / sqrt(var + eps) · weight + bias

with the mean and the biased variance of the row, taken in float64. A row is what the last
dimensions hold, as many as weight and bias have. Source: Ba, Kiros & Hinton, "Layer
normalization", 2016.
"""

from __future__ import annotations

import math

import numpy as np

from ..fused import Fused
from ..kernels.blocks import parts_of
from ..kernels.kernel import Array, Matrix, ScalarOfFloat64, Vector, kernel
from ..kernels.moments import add_blocks, flops_of_blocks, sums_of
from ..kernels.sharing import share
from ..launch import empty, launch
from ..matrices import rows
from ..matrices.channels import PerChannel, or_empty
from ..matrices.rows import PerRow
from ..tensor import Tensor


def definition(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float, ndim: int
) -> Tensor:
    dims = tuple(range(-ndim, 0))
    centred = x - x.mean(dims, keepdim=True)
    var = (centred * centred).mean(dims, keepdim=True)
    out = centred / (var + eps).sqrt()
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


@kernel(writes=("out", "stats"), shares="x", flops=lambda x: rows.flops(x, 31, 24))
def forward(
    x: Matrix, weight: Vector, bias: Vector, eps: ScalarOfFloat64, out: Matrix, stats: PerRow
) -> int:
    operands = x, weight, bias, eps, out, stats
    return share(rows.normalise, x.shape[0], x.size, operands)


@kernel(
    writes=("grad_x", "grad_weight", "grad_bias", "sums"),
    shares="x",
    flops=lambda x: rows.flops(x, 16, 96) + flops_of_blocks(x),
)
def backward(
    grad: Matrix, x: Matrix, weight: Vector, stats: PerRow, grad_x: Matrix,
    grad_weight: Vector, grad_bias: Vector, sums: PerChannel,
) -> int:  # fmt: skip
    operands = grad, x, weight, stats, grad_x
    status = share(rows.gradient_of_rows, x.shape[0], x.size, operands)
    later = share(rows.sums_of_parts, parts_of(x.shape), x.size, (grad, x, stats, sums))
    add_blocks(x.shape, sums, grad_weight, grad_bias)
    return status or later


def compute(
    x: Array, weight: Array | None, bias: Array | None, eps: float, ndim: int
) -> tuple[Array, tuple[Array]]:
    shape = shape_of_rows(x, ndim)
    out, stats = empty(shape, x.dtype), empty((2, shape[0]), np.float64)
    scale, shift = or_empty(weight, x).reshape(-1), or_empty(bias, x).reshape(-1)
    launch(forward, x.reshape(shape), scale, shift, eps, out, stats)
    return out.reshape(x.shape), (stats,)


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], eps: float, ndim: int
) -> tuple[Array, ...]:
    x, weight, _, stats = saved
    shape, row = shape_of_rows(x, ndim), x.shape[x.ndim - ndim :]
    matrix = x.reshape(shape)
    sums = empty(sums_of(matrix), np.float64)
    by_x, by_weight, by_bias = (empty(each, x.dtype) for each in (shape, shape[1:], shape[1:]))
    scale = or_empty(weight, x).reshape(-1)
    launch(backward, grad.reshape(shape), matrix, scale, stats, by_x, by_weight, by_bias, sums)
    return by_x.reshape(x.shape), by_weight.reshape(row), by_bias.reshape(row)


def shape_of_rows(x: Array, ndim: int) -> tuple[int, int]:
    """(N, C) of a tensor whose last dimensions are a row."""
    last = x.ndim - ndim
    return math.prod(x.shape[:last]), math.prod(x.shape[last:])


OPERANDS = ["x", "weight", "bias"]
fused = Fused("NativeLayerNorm", definition, compute, gradient, OPERANDS, OPERANDS, together=True)


def layer_norm(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float, ndim: int
) -> Tensor:
    """Normalise each row by its mean and its biased variance.

    Parameters
    ----------
    x : Tensor of floating point
    weight, bias : Tensor of the shape of x's last dimensions, or None
    eps : what is added to the variance
    ndim : how many dimensions a row has, at least one

    >>> import minigrad as torch
    >>> layer_norm(torch.tensor([[1.0, 3.0], [0.0, 8.0]]), None, None, 0.0, 1)
    tensor([[-1.,  1.],
            [-1.,  1.]])
    """
    return fused(x, weight, bias, float(eps), ndim)
