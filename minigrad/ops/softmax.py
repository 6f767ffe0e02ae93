"""Softmax: exp(x) divided by its sum along a dimension, so that each line adds up to 1.

Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
The largest element of a line is taken off before, which changes nothing but keeps exp finite. A
line with NaN or +infinity in it, or with nothing but -infinity, is NaN.
"""

from __future__ import annotations

import numpy as np

from ..functions.dimensions import axis_of
from ..fused import Fused
from ..kernels.kernel import Array, VectorOfFloat64, kernel
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
    powers = (x - largest_along(x, dim)).exp()
    return powers / powers.sum(dim, keepdim=True)


@kernel(writes=("powers", "out"), flops=lambda x: 24 * x.size + 9 * x.shape[0] * x.shape[2])
def forward(x: Lines, powers: VectorOfFloat64, out: Lines) -> None:
    if x.size == 0:
        return
    for b in range(x.shape[0]):
        for a in range(x.shape[2]):
            _, others = exponentials(x, b, a, powers)
            for k in range(x.shape[1]):
                out[b, k, a] = powers[k] / (1.0 + others)


@kernel(writes=("grad_x",), flops=lambda out: 5 * out.size + out.shape[0] * out.shape[2])
def backward(grad: Lines, out: Lines, grad_x: Lines) -> None:
    for b in range(out.shape[0]):
        for a in range(out.shape[2]):
            # The mean of the gradients, weighted by what rounding has left of the probabilities.
            weighted = total = 0.0
            for k in range(out.shape[1]):
                weighted += np.float64(grad[b, k, a]) * out[b, k, a]
                total += out[b, k, a]
            mean = weighted / total
            for k in range(out.shape[1]):
                grad_x[b, k, a] = (grad[b, k, a] - mean) * out[b, k, a]


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
    return (grad - (grad * out).sum(dim, keepdim=True)) * out


fused = Fused(
    "Softmax",
    definition,
    compute,
    gradient,
    tensors=["x"],
    saves=["out"],
    gradient_on_tensors=gradient_on_tensors,
)


def softmax(x: Tensor, dim: int) -> Tensor:
    """Probabilities from scores, along a dimension.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    dim : along which the probabilities add up to 1

    >>> import minigrad as torch
    >>> torch.nn.functional.softmax(torch.tensor([[0.0, 0.0], [0.0, 1.0]]), dim=1)
    tensor([[0.5000, 0.5000],
            [0.2689, 0.7311]])
    """
    axis = axis_of(x, dim)
    require_floating_lines(x, axis, "softmax")
    return fused(x, axis)
