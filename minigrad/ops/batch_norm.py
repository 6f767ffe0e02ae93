"""Batch normalisation in training: each column of x shifted to mean 0 and scaled to variance 1.

    out = (x - mean) / sqrt(var + eps) · weight + bias

with the mean and the biased variance of the batch, taken in float64: a constant column gives 0,
where float32 would give rounding errors divided by sqrt(eps). Source: Ioffe & Szegedy, "Batch
normalization", 2015, algorithm 1.
"""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Matrix, ScalarOfFloat64, Vector, kernel
from ..kernels.moments import TOGETHER, gradient_sums, groups_of, mean_and_variance
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


@exactly  # type: ignore[untyped-decorator]
def forward_of_groups(
    first: int, last: int, x: Array, weight: Array, bias: Array, eps: float, out: Array,
    stats: Array,
) -> int:  # fmt: skip
    (N, C), mean, var, invstd = x.shape, stats[0], stats[1], stats[2]
    begin, end = first * TOGETHER, min(last * TOGETHER, C)
    mean_and_variance(x, begin, end, mean, var, invstd)
    for c in range(begin, end):
        invstd[c] = 1 / np.sqrt(var[c] + eps)
    normalise(x, (0, N), (begin, end), mean, invstd, weight, bias, out)
    return 0


@kernel(writes=("out", "stats"), shares="x", flops=lambda x: 9 * x.size + 10 * x.shape[1])
def forward(
    x: Matrix, weight: Vector, bias: Vector, eps: ScalarOfFloat64, out: Matrix, stats: PerChannel
) -> int:
    operands = x, weight, bias, eps, out, stats
    return share(forward_of_groups, groups_of(x.shape[1]), x.size, operands)


@exactly  # type: ignore[untyped-decorator]
def backward_of_groups(
    first: int, last: int, grad: Array, x: Array, weight: Array, stats: Array, grad_x: Array,
    grad_weight: Array, grad_bias: Array, sums: Array,
) -> int:  # fmt: skip
    C, mean, invstd = x.shape[1], stats[0], stats[2]
    begin, end = first * TOGETHER, min(last * TOGETHER, C)
    gradient_sums(grad, x, begin, end, mean, invstd, sums, grad_weight, grad_bias)
    gradient_of_batch(grad, x, (begin, end), mean, invstd, sums, weight, grad_x)
    return 0


@kernel(writes=("grad_x", "grad_weight", "grad_bias", "sums"), shares="x",
        flops=lambda x: 12 * x.size + 2 * x.shape[1])  # fmt: skip
def backward(
    grad: Matrix, x: Matrix, weight: Vector, stats: PerChannel, grad_x: Matrix,
    grad_weight: Vector, grad_bias: Vector, sums: PerChannel,
) -> int:  # fmt: skip
    operands = grad, x, weight, stats, grad_x, grad_weight, grad_bias, sums
    return share(backward_of_groups, groups_of(x.shape[1]), x.size, operands)


def compute(
    x: Array, weight: Array | None, bias: Array | None, eps: float
) -> tuple[Array, tuple[Array, ...], Array, Array]:
    out, stats = empty(x.shape, x.dtype), empty((3, x.shape[1]), np.float64)
    launch(forward, x, or_empty(weight, x), or_empty(bias, x), eps, out, stats)
    return out, (stats,), stats[0], stats[1]


def gradient(needs: list[bool], grad: Array, saved: list[Array], eps: float) -> tuple[Array, ...]:
    x, weight, stats = saved
    gradients = empty(x.shape, x.dtype), empty(x.shape[1:], x.dtype), empty(x.shape[1:], x.dtype)
    sums = empty((2, x.shape[1]), np.float64)
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
