"""SiLU: x · σ(x), the sigmoid-weighted linear unit, also called swish.

Source: Elfwing, Uchibe & Doya, "Sigmoid-weighted linear units for neural network function
approximation in reinforcement learning", 2018, equations 1 and 2. At -infinity both the result
and the gradient are NaN, as 0 · infinity is.
"""

from __future__ import annotations

import numpy as np

from ..functions.arguments import require_floating
from ..fused import Fused
from ..kernels.kernel import Array, Flat, kernel
from ..kernels.wide import sigmoid as wide_sigmoid
from ..launch import empty, launch
from ..tensor import Tensor
from .sigmoid import definition as sigmoid


def definition(x: Tensor) -> Tensor:
    return x * sigmoid(x)


@kernel(writes=("out",), flops=23, elementwise=True, costly=True)
def forward(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        t = np.float64(x[i])
        out[i] = t * wide_sigmoid(t, x[i])


@kernel(writes=("grad_x",), flops=27, elementwise=True, costly=True)
def backward(grad: Flat, x: Flat, grad_x: Flat) -> None:
    for i in range(x.size):
        t = np.float64(x[i])
        gate = wide_sigmoid(t, x[i])
        grad_x[i] = grad[i] * (gate * (1 + t * (1 - gate)))


def compute(x: Array) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, grad_x)
    return (grad_x,)


def gradient_on_operands(needs: list[bool], grad: Tensor, x: Tensor) -> tuple[Tensor]:
    gate = sigmoid(x)
    # Not through the product: grad · x may be infinite where the slope is 1.
    return (grad * (gate * (1.0 + x * (1.0 - gate))),)


fused = Fused("Silu", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"],
              gradient_on_operands=gradient_on_operands)  # fmt: skip


def silu(x: Tensor) -> Tensor:
    """The sigmoid-weighted linear unit, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64

    >>> import minigrad as torch
    >>> silu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.2689,  0.0000,  1.7616])
    """
    require_floating(x, "silu_cpu")
    return fused(x)
