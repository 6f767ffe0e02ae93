"""Batch normalisation in evaluation: columns shifted and scaled by statistics known before.

    out = (x - mean) / sqrt(var + eps) · weight + bias

Mean and variance, the running ones of a layer, are constants: no gradient flows to them.
"""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.blocks import parts_of
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Matrix, ScalarOfFloat64, Vector, VectorOfFloat64, kernel
from ..kernels.lanes import LANES, load, store, widened
from ..kernels.moments import TILE, flops_of_sums, gradient_sums, sums_of
from ..kernels.sharing import share
from ..launch import empty, launch
from ..matrices.channels import PerChannel, check_channels, normalise, or_empty, scaled_lanes
from ..tensor import Tensor


def definition(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, mean: Tensor, var: Tensor, eps: float
) -> Tensor:
    out = (x - mean.detach()) / (var.detach() + eps).sqrt()
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


@kernel(writes=("out", "invstd"), shares="x", flops=lambda x: 4 * x.size + 3 * x.shape[1])
def forward(
    x: Matrix, weight: Vector, bias: Vector, mean: Vector, var: Vector, eps: ScalarOfFloat64,
    out: Matrix, invstd: VectorOfFloat64,
) -> int:  # fmt: skip
    for c in range(x.shape[1]):
        invstd[c] = 1 / np.sqrt(var[c] + eps)
    operands = x, mean, invstd, weight, bias, out
    return share(normalise, parts_of(x.shape), x.size, operands)


@exactly  # type: ignore[untyped-decorator]
def gradient_of_rows(
    first: int, last: int, grad: Array, weight: Array, invstd: Array, grad_x: Array
) -> int:
    C = grad.shape[1]
    for tile in range(first, last, TILE):
        for c in range(0, C, LANES):
            factor = load(invstd, c, C - c)
            for n in range(tile, min(tile + TILE, last)):
                slope = widened(load(grad, n * C + c, C - c))
                store(grad_x, n * C + c, C - c, scaled_lanes(slope * factor, weight, c))
    return 0


@kernel(writes=("grad_x", "grad_weight", "grad_bias", "sums"), shares="x",
        flops=lambda x: 2 * x.size + flops_of_sums(x))  # fmt: skip
def backward(
    grad: Matrix, x: Matrix, weight: Vector, mean: Vector, invstd: VectorOfFloat64,
    grad_x: Matrix, grad_weight: Vector, grad_bias: Vector, sums: PerChannel,
) -> int:  # fmt: skip
    status = gradient_sums(grad, x, mean, invstd, sums, grad_weight, grad_bias)
    operands = grad, weight, invstd, grad_x
    return status or share(gradient_of_rows, x.shape[0], x.size, operands)


def compute(
    x: Array, weight: Array | None, bias: Array | None, mean: Array, var: Array, eps: float
) -> tuple[Array, tuple[Array, ...]]:
    out, invstd = empty(x.shape, x.dtype), empty(x.shape[1:], np.float64)
    launch(forward, x, or_empty(weight, x), or_empty(bias, x), mean, var, eps, out, invstd)
    return out, (invstd,)


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], eps: float
) -> tuple[Array | None, ...]:
    x, weight, mean, _, invstd = saved
    grad_x, sums = empty(x.shape, x.dtype), empty(sums_of(x), np.float64)
    grad_weight, grad_bias = empty(x.shape[1:], x.dtype), empty(x.shape[1:], x.dtype)
    scale = or_empty(weight, x)
    launch(backward, grad, x, scale, mean, invstd, grad_x, grad_weight, grad_bias, sums)
    return grad_x, grad_weight, grad_bias, None, None


OPERANDS = ["x", "weight", "bias", "mean", "var"]
SAVED = ["x", "weight", "mean", "var"]
fused = Fused("NativeBatchNorm", definition, compute, gradient, OPERANDS, SAVED, together=True)


def batch_norm_inference(
    x: Tensor, weight: Tensor | None, bias: Tensor | None, mean: Tensor, var: Tensor, eps: float
) -> Tensor:
    """Normalise each column by given statistics.

    Parameters
    ----------
    x : Tensor (N, C)
    weight, bias : Tensor (C,) or None
    mean, var : Tensor (C,)
    eps : what is added to the variance

    >>> import minigrad as torch
    >>> batch_norm_inference(torch.ones(1, 1), None, None, torch.zeros(1), torch.ones(1), 3.0)
    tensor([[0.5000]])
    """
    check_channels(x, weight, bias, mean, var)
    return fused(x, weight, bias, mean, var, float(eps))
