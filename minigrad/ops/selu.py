"""SELU: scale · x where x > 0, otherwise scale · alpha · (exp(x) - 1).

Source: Klambauer, Unterthiner, Mayr & Hochreiter, "Self-normalizing neural networks", 2017,
equation 2. The constants keep a mean of 0 and a variance of 1 from layer to layer (equation 14).
At the kink, x = +0 or -0, the gradient is the left one, scale · alpha, and the second derivative
the right one, 0, as of `elu`.
"""

from __future__ import annotations

import numpy as np

from ..functions.arguments import require_floating
from ..fused import Fused
from ..kernels.kernel import Array, Flat, kernel
from ..kernels.wide import exp, expm1
from ..launch import empty, launch
from ..tensor import Tensor
from .elu import definition as elu

ALPHA = 1.6732632423543772848170429916717
SCALE = 1.0507009873554804934193349852946
LEFT = 1.7580993408473768599402175208123  # their product, rounded once


def definition(x: Tensor) -> Tensor:
    return SCALE * elu(x, ALPHA)


@kernel(writes=("out",), flops=22, elementwise=True, costly=True)
def forward(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        t = np.float64(x[i])
        out[i] = SCALE * t if t >= 0 else LEFT * expm1(t, x[i])


@kernel(writes=("grad_x",), flops=22, elementwise=True, costly=True)
def backward(grad: Flat, x: Flat, grad_x: Flat) -> None:
    for i in range(x.size):
        t = np.float64(x[i])
        grad_x[i] = grad[i] * (SCALE if t > 0 else LEFT * exp(t, x[i]))


def compute(x: Array) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, grad_x)
    return (grad_x,)


fused = Fused("Elu", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"])


def selu(x: Tensor) -> Tensor:
    """The scaled exponential linear unit, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64

    >>> import minigrad as torch
    >>> selu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-1.1113,  0.0000,  2.1014])
    """
    require_floating(x, "elu_cpu")
    return fused(x)
