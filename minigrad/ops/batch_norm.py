"""Batch normalisation in training: each column of x shifted to mean 0 and scaled to variance 1.

    out = (x - mean) / sqrt(var + eps) · weight + bias

with the mean and the biased variance of the batch, taken in float64: a constant column gives 0,
where float32 would give rounding errors divided by sqrt(eps). Source: Ioffe & Szegedy, "Batch
normalization", 2015, algorithm 1.
"""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.blocks import parts_of
from ..kernels.kernel import Array, Matrix, ScalarOfFloat64, Vector, kernel
from ..kernels.moments import (
    flops_of_moments,
    flops_of_sums,
    gradient_sums,
    mean_and_variance,
    moments_of,
    sums_of,
)
from ..kernels.sharing import share
from ..launch import empty, launch
from ..matrices.channels import PerChannel, check_channels, gradient_of_batch, normalise, or_empty
from ..tensor import Tensor


def definition(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    mean = x.mean(0)
    centred = x - mean
    var = (centred * centred).mean(0)
    out = centred / (var + eps).sqrt()
    out = out if weight is None else out * weight
    out = out if bias is None else out + bias
    return out, mean.detach().double(), var.detach().double()


@kernel(
    writes=("out", "stats", "moments"),
    shares="x",
    flops=lambda x: 4 * x.size + 3 * x.shape[1] + flops_of_moments(x),
)
def forward(
    x: Matrix, weight: Vector, bias: Vector, eps: ScalarOfFloat64, out: Matrix, stats: PerChannel,
    moments: PerChannel,
) -> int:  # fmt: skip
    status = mean_and_variance(x, stats, moments)
    for c in range(x.shape[1]):
        stats[2, c] = 1 / np.sqrt(stats[1, c] + eps)
    operands = x, stats[0], stats[2], weight, bias, out
    return status or share(normalise, parts_of(x.shape), x.size, operands)


@kernel(
    writes=("grad_x", "grad_weight", "grad_bias", "sums"),
    shares="x",
    flops=lambda x: 7 * x.size + 2 * x.shape[1] + flops_of_sums(x),
)
def backward(
    grad: Matrix, x: Matrix, weight: Vector, stats: PerChannel, grad_x: Matrix,
    grad_weight: Vector, grad_bias: Vector, sums: PerChannel,
) -> int:  # fmt: skip
    N, C = x.shape
    status = gradient_sums(grad, x, stats[0], stats[2], sums, grad_weight, grad_bias)
    for c in range(C):
        sums[0, c] /= N
        sums[1, c] /= N
    operands = grad, x, weight, stats, sums, grad_x
    return status or share(gradient_of_batch, parts_of(x.shape), x.size, operands)


def compute(
    x: Array, weight: Array | None, bias: Array | None, eps: float
) -> tuple[Array, tuple[Array, ...], Array, Array]:
    out, stats = empty(x.shape, x.dtype), empty((3, x.shape[1]), np.float64)
    moments = empty(moments_of(x), np.float64)
    launch(forward, x, or_empty(weight, x), or_empty(bias, x), eps, out, stats, moments)
    return out, (stats,), stats[0], stats[1]


def gradient(needs: list[bool], grad: Array, saved: list[Array], eps: float) -> tuple[Array, ...]:
    x, weight, stats = saved
    gradients = empty(x.shape, x.dtype), empty(x.shape[1:], x.dtype), empty(x.shape[1:], x.dtype)
    sums = empty(sums_of(x), np.float64)
    launch(backward, grad, x, or_empty(weight, x), stats, *gradients, sums)
    return gradients


OPERANDS, SAVED = ["x", "weight", "bias"], ["x", "weight"]
fused = Fused("NativeBatchNorm", definition, compute, gradient, OPERANDS, SAVED, together=True)


def batch_norm(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Normalise each column by its mean and its biased variance, and return all three.

    Parameters
    ----------
    x : Tensor (N, C)
    weight, bias : Tensor (C,) or None
    eps : what is added to the variance

    Returns
    -------
    out, mean, var : Tensor (N, C), and two of (C,) in float64, for running statistics

    >>> import minigrad as torch
    >>> [each.tolist() for each in batch_norm(torch.tensor([[1.0], [3.0]]), None, None, 0.0)]
    [[[-1.0], [1.0]], [2.0], [1.0]]
    """
    check_channels(x, weight, bias)
    return fused(x, weight, bias, float(eps))
