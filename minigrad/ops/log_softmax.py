"""Log-softmax: x - log(sum of exp(x)) along a dimension, the logarithm of softmax.

In one go, since softmax gives 0 where its logarithm is still -104 and has all its digits. A line
with NaN or +infinity in it, or with nothing but -infinity, is NaN.
"""

from __future__ import annotations

import math

import numpy as np

from ..functions.dimensions import axis_of
from ..fused import Fused
from ..kernels.kernel import Array, VectorOfFloat64, kernel
from ..kernels.wide import exp
from ..launch import empty, launch
from ..matrices.lines import (
    Lines,
    exponentials,
    largest_along,
    lines_along,
    require_floating_lines,
)
from ..tensor import Tensor


def definition(x: Tensor, dim: int) -> Tensor:
    shifted = x - largest_along(x, dim)
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


@kernel(writes=("powers", "out"), flops=lambda x: 24 * x.size + 29 * x.shape[0] * x.shape[2])
def forward(x: Lines, powers: VectorOfFloat64, out: Lines) -> None:
    if x.size == 0:
        return
    for b in range(x.shape[0]):
        for a in range(x.shape[2]):
            largest, others = exponentials(x, b, a, powers)
            log_of_sum = math.log1p(others)
            for k in range(x.shape[1]):
                out[b, k, a] = (np.float64(x[b, k, a]) - largest) - log_of_sum


@kernel(writes=("grad_x",), flops=23)
def backward(grad: Lines, out: Lines, grad_x: Lines) -> None:
    for b in range(out.shape[0]):
        for a in range(out.shape[2]):
            total = 0.0
            for k in range(out.shape[1]):
                total += grad[b, k, a]
            for k in range(out.shape[1]):
                y = out[b, k, a]
                grad_x[b, k, a] = grad[b, k, a] - exp(np.float64(y), y) * total


def compute(x: Array, dim: int) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    lines = lines_along(x, dim)
    launch(forward, lines, empty(lines.shape[1:2], np.float64), lines_along(out, dim))
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array], dim: int) -> tuple[Array]:
    (out,) = saved
    grad_x = empty(out.shape, out.dtype)
    launch(backward, *[lines_along(each, dim) for each in (grad, out, grad_x)])
    return (grad_x,)


def gradient_on_tensors(grad: Tensor, out: Tensor, dim: int) -> Tensor:
    return grad - out.exp() * grad.sum(dim, keepdim=True)


fused = Fused(
    "LogSoftmax",
    definition,
    compute,
    gradient,
    tensors=["x"],
    saves=["out"],
    gradient_on_tensors=gradient_on_tensors,
)


def log_softmax(x: Tensor, dim: int) -> Tensor:
    """Logarithms of probabilities from scores, along a dimension.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    dim : along which the probabilities add up to 1

    >>> import minigrad as torch
    >>> torch.nn.functional.log_softmax(torch.tensor([[0.0, 0.0], [0.0, 1.0]]), dim=1)
    tensor([[-0.6931, -0.6931],
            [-1.3133, -0.3133]])
    """
    axis = axis_of(x, dim)
    require_floating_lines(x, axis, "log_softmax")
    return fused(x, axis)
