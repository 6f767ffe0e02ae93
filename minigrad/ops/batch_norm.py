"""Batch normalisation in training: each column of x shifted to mean 0 and scaled to variance 1.

    out = (x - mean) / sqrt(var + eps) · weight + bias

with the mean and the biased variance of the batch. Source: Ioffe & Szegedy, "Batch
normalization", 2015, algorithm 1. Mean and variance are taken in two passes in float64, and the
second corrects the first (Chan, Golub & LeVeque, 1983, equation 1.7): a constant column gives 0,
where one pass in float32 would give rounding errors divided by sqrt(eps). The statistics are
returned, in float64; who keeps running ones updates them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .. import operations
from ..channels import as_rows, check_channels, from_rows
from ..fused import Fused
from ..kernel import Array, Matrix, ScalarOfFloat64, Vector, VectorOfFloat64, kernel
from ..launch import empty, launch
from ..tensor import Tensor


def definition(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    mean = operations.mean(x, 0)
    centred = x - mean
    var = operations.mean(centred * centred, 0)
    out = centred / operations.sqrt(var + eps)
    out = out if weight is None else out * weight
    out = out if bias is None else out + bias
    return out, mean.detach().double(), var.detach().double()


@kernel(writes=("out", "mean", "var", "invstd"))
def forward(
    x: Matrix,
    weight: Vector,
    bias: Vector,
    eps: ScalarOfFloat64,
    out: Matrix,
    mean: VectorOfFloat64,
    var: VectorOfFloat64,
    invstd: VectorOfFloat64,
) -> None:
    N, C = x.shape
    mean[:] = 0
    var[:] = 0
    for n in range(N):
        for c in range(C):
            mean[c] += x[n, c]
    for c in range(C):
        mean[c] /= N
    left = invstd  # what rounding left out of the mean, times N
    left[:] = 0
    for n in range(N):
        for c in range(C):
            difference = x[n, c] - mean[c]
            left[c] += difference
            var[c] += difference * difference
    for c in range(C):
        var[c] = (var[c] - left[c] * left[c] / N) / N
        if np.isfinite(left[c]):
            mean[c] += left[c] / N
        invstd[c] = 1 / np.sqrt(var[c] + eps)
    for n in range(N):
        for c in range(C):
            normal = (x[n, c] - mean[c]) * invstd[c]
            scaled = normal * weight[c] if weight.size else normal
            out[n, c] = scaled + bias[c] if bias.size else scaled


@kernel(writes=("grad_x", "grad_weight", "grad_bias", "sum_grad", "sum_product"))
def backward(
    grad: Matrix,
    x: Matrix,
    weight: Vector,
    mean: VectorOfFloat64,
    invstd: VectorOfFloat64,
    grad_x: Matrix,
    grad_weight: Vector,
    grad_bias: Vector,
    sum_grad: VectorOfFloat64,
    sum_product: VectorOfFloat64,
) -> None:
    N, C = x.shape
    sum_grad[:] = 0
    sum_product[:] = 0  # of grad and the normalised x
    for n in range(N):
        for c in range(C):
            sum_grad[c] += grad[n, c]
            sum_product[c] += grad[n, c] * ((x[n, c] - mean[c]) * invstd[c])
    for c in range(C):
        grad_weight[c] = sum_product[c]
        grad_bias[c] = sum_grad[c]
        sum_grad[c] /= N
        sum_product[c] /= N
    for n in range(N):
        for c in range(C):
            normal = (x[n, c] - mean[c]) * invstd[c]
            centred = grad[n, c] - sum_grad[c] - normal * sum_product[c]
            scaled = centred * invstd[c]
            grad_x[n, c] = scaled * weight[c] if weight.size else scaled


def compute(
    x: Array, weight: Array | None, bias: Array | None, eps: float
) -> tuple[Array, tuple[Array, ...], Array, Array]:
    out = empty(x.shape, x.dtype)
    mean, var, invstd = [empty(x.shape[1:], np.float64) for _ in range(3)]
    scale = empty((0,), x.dtype) if weight is None else weight
    shift = empty((0,), x.dtype) if bias is None else bias
    launch(forward, x, scale, shift, eps, out, mean, var, invstd)
    return out, (mean, invstd), mean, var


def gradient(
    needs: Sequence[bool], grad: Array, saved: Sequence[Array], eps: float
) -> tuple[Array | None, ...]:
    x, weight, mean, invstd = saved
    grad_x = empty(x.shape, x.dtype)
    grad_weight, grad_bias = empty(x.shape[1:], x.dtype), empty(x.shape[1:], x.dtype)
    sums = empty(x.shape[1:], np.float64), empty(x.shape[1:], np.float64)
    scale = empty((0,), x.dtype) if weight is None else weight
    launch(backward, grad, x, scale, mean, invstd, grad_x, grad_weight, grad_bias, *sums)
    return grad_x, grad_weight, grad_bias


fused = Fused(
    "NativeBatchNorm",
    definition,
    compute,
    gradient,
    tensors=["x", "weight", "bias"],
    saves=["x", "weight"],
)


def batch_norm(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Normalise each channel by the statistics of the batch.

    Parameters
    ----------
    x : Tensor (N, C) or (N, C, L)
    weight, bias : Tensor (C,) or None
    eps : what is added to the variance

    Returns
    -------
    out : Tensor of x's shape
    mean, var : Tensor (C,) of float64, the statistics over N and L; var is the biased one

    >>> import minigrad as torch
    >>> out, mean, var = batch_norm(torch.tensor([[1.0], [3.0]]), None, None, 0.0)
    >>> out.tolist(), mean.tolist(), var.tolist()
    ([[-1.0], [1.0]], [2.0], [1.0])
    """
    channels = x.array.shape[1:2]
    for tensor in (weight, bias):
        if tensor is not None and tensor.array.shape != channels:
            check_channels(x, weight=weight, bias=bias)
    if x.array.ndim == 2:
        return fused(x, weight, bias, float(eps))
    check_channels(x)
    out, mean, var = fused(as_rows(x), weight, bias, float(eps))
    return from_rows(out, x), mean, var
