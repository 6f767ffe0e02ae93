"""Batch normalisation in evaluation: columns shifted and scaled by statistics known before.

    out = (x - running_mean) / sqrt(running_var + eps) · weight + bias

The statistics are constants: no gradient flows to them.
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
    x: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    running_mean: Tensor,
    running_var: Tensor,
    eps: float,
) -> Tensor:
    out = (x - running_mean.detach()) / operations.sqrt(running_var.detach() + eps)
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


@kernel(writes=("out", "invstd"))
def forward(
    x: Matrix,
    weight: Vector,
    bias: Vector,
    running_mean: Vector,
    running_var: Vector,
    eps: ScalarOfFloat64,
    out: Matrix,
    invstd: VectorOfFloat64,
) -> None:
    N, C = x.shape
    for c in range(C):
        invstd[c] = 1 / np.sqrt(running_var[c] + eps)
    for n in range(N):
        for c in range(C):
            normal = (np.float64(x[n, c]) - running_mean[c]) * invstd[c]
            scaled = normal * weight[c] if weight.size else normal
            out[n, c] = scaled + bias[c] if bias.size else scaled


@kernel(writes=("grad_x", "grad_weight", "grad_bias", "sum_grad", "sum_product"))
def backward(
    grad: Matrix,
    x: Matrix,
    weight: Vector,
    running_mean: Vector,
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
            normal = (np.float64(x[n, c]) - running_mean[c]) * invstd[c]
            sum_grad[c] += grad[n, c]
            sum_product[c] += grad[n, c] * normal
            scaled = grad[n, c] * invstd[c]
            grad_x[n, c] = scaled * weight[c] if weight.size else scaled
    for c in range(C):
        grad_weight[c] = sum_product[c]
        grad_bias[c] = sum_grad[c]


def compute(
    x: Array,
    weight: Array | None,
    bias: Array | None,
    running_mean: Array,
    running_var: Array,
    eps: float,
) -> tuple[Array, tuple[Array, ...]]:
    out, invstd = empty(x.shape, x.dtype), empty(x.shape[1:], np.float64)
    scale = empty((0,), x.dtype) if weight is None else weight
    shift = empty((0,), x.dtype) if bias is None else bias
    launch(forward, x, scale, shift, running_mean, running_var, eps, out, invstd)
    return out, (invstd,)


def gradient(
    needs: Sequence[bool], grad: Array, saved: Sequence[Array], eps: float
) -> tuple[Array | None, ...]:
    x, weight, running_mean, _, invstd = saved
    grad_x = empty(x.shape, x.dtype)
    grad_weight, grad_bias = empty(x.shape[1:], x.dtype), empty(x.shape[1:], x.dtype)
    sums = empty(x.shape[1:], np.float64), empty(x.shape[1:], np.float64)
    scale = empty((0,), x.dtype) if weight is None else weight
    launch(backward, grad, x, scale, running_mean, invstd, grad_x, grad_weight, grad_bias, *sums)
    return grad_x, grad_weight, grad_bias, None, None


fused = Fused(
    "NativeBatchNorm",
    definition,
    compute,
    gradient,
    tensors=["x", "weight", "bias", "running_mean", "running_var"],
    saves=["x", "weight", "running_mean", "running_var"],
)


def batch_norm_inference(
    x: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    running_mean: Tensor,
    running_var: Tensor,
    eps: float,
) -> Tensor:
    """Normalise each channel by given statistics.

    Parameters
    ----------
    x : Tensor (N, C) or (N, C, L)
    weight, bias : Tensor (C,) or None
    running_mean, running_var : Tensor (C,)
    eps : what is added to the variance

    >>> import minigrad as torch
    >>> batch_norm_inference(torch.ones(1, 1), None, None, torch.zeros(1), torch.ones(1), 3.0)
    tensor([[0.5000]])
    """
    statistics = {"running_mean": running_mean, "running_var": running_var}
    check_channels(x, **statistics, weight=weight, bias=bias)
    if x.array.ndim == 2:
        return fused(x, weight, bias, running_mean, running_var, float(eps))
    out = fused(as_rows(x), weight, bias, running_mean, running_var, float(eps))
    return from_rows(out, x)
