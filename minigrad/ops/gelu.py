"""GELU: x · Φ(x), where Φ is the standard normal distribution's probability of less than x.

Source: Hendrycks & Gimpel, "Gaussian error linear units", 2016, section 2. Their approximation by
tanh is x · σ(2 u) with u = √(2/π) (x + 0.044715 x³), since (1 + tanh u) / 2 = σ(2 u).
"""

from __future__ import annotations

import math

import numpy as np

from ..functions.arguments import require_floating
from ..fused import Fused
from ..kernels.kernel import Array, Flat, Scalar, kernel
from ..kernels.wide import normal, sigmoid as wide_sigmoid
from ..launch import empty, launch
from ..primitives.error_function import erfc
from ..tensor import Tensor
from .sigmoid import definition as sigmoid

TWICE = 2 * math.sqrt(2 / math.pi)
CUBIC = 0.044715
APPROXIMATIONS = ("none", "tanh")


def definition(x: Tensor, approximate: str) -> Tensor:
    if approximate == "tanh":
        return x * sigmoid(TWICE * (x + CUBIC * (x * x * x)))
    return x * (0.5 * erfc(-math.sqrt(0.5) * x))


@kernel(
    writes=("out",),
    flops=lambda x, by_tanh: (28 if by_tanh else 58) * x.size,
    elementwise=True,
    costly=True,
)
def forward(x: Flat, by_tanh: Scalar, out: Flat) -> None:
    if by_tanh:
        for i in range(x.size):
            t = np.float64(x[i])
            out[i] = t * wide_sigmoid(TWICE * (t + CUBIC * t * t * t), x[i])
        return
    for i in range(x.size):
        t = np.float64(x[i])
        out[i] = t * normal(t, x[i])[0]


@kernel(
    writes=("grad_x",),
    flops=lambda x, by_tanh: (37 if by_tanh else 60) * x.size,
    elementwise=True,
    costly=True,
)
def backward(grad: Flat, x: Flat, by_tanh: Scalar, grad_x: Flat) -> None:
    if by_tanh:
        for i in range(x.size):
            t = np.float64(x[i])
            gate = wide_sigmoid(TWICE * (t + CUBIC * t * t * t), x[i])
            bend = t * (gate * (1 - gate))
            # Where it is 0, the slope may have overflowed.
            bend = bend * TWICE * (1 + 3 * CUBIC * t * t) if bend != 0 else bend
            grad_x[i] = grad[i] * (gate + bend)
        return
    for i in range(x.size):
        t = np.float64(x[i])
        probability, density = normal(t, x[i])
        grad_x[i] = grad[i] * (probability + t * density)


def compute(x: Array, approximate: str) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, float(approximate == "tanh"), out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array], approximate: str) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, float(approximate == "tanh"), grad_x)
    return (grad_x,)


fused = Fused("Gelu", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"])


def gelu(x: Tensor, approximate: str = "none") -> Tensor:
    """The Gaussian error linear unit, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    approximate : "none" or "tanh"

    >>> import minigrad as torch
    >>> gelu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.1587,  0.0000,  1.9545])
    """
    if approximate not in APPROXIMATIONS:
        raise RuntimeError("approximate argument must be either none or tanh.")
    require_floating(x, "GeluKernelImpl")
    return fused(x, approximate)
