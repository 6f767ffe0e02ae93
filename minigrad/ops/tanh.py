"""Tanh, the hyperbolic tangent: (e^x - e^-x) / (e^x + e^-x).

It saturates: in float32 it is exactly ±1 from ±9.02 on, and its gradient, 1 - y², exactly 0.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..functions.promotion import floating
from ..fused import Fused
from ..kernels.kernel import Array, Flat, kernel
from ..kernels.wide import tanh as wide_tanh
from ..launch import empty, launch
from ..tensor import Tensor


def definition(x: Tensor) -> Tensor:
    # e^-2|x|, which cannot overflow.
    decay = where(x > 0, -2.0 * x, 2.0 * x).exp()
    return where(x > 0, (1.0 - decay) / (1.0 + decay), (decay - 1.0) / (1.0 + decay))


@kernel(writes=("out",), flops=24, elementwise=True, costly=True)
def forward(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = wide_tanh(np.float64(x[i]), x[i])


@kernel(writes=("grad_x",), flops=4, elementwise=True)
def backward(grad: Flat, out: Flat, grad_x: Flat) -> None:
    for i in range(out.size):
        y = np.float64(out[i])
        grad_x[i] = grad[i] * ((1 - y) * (1 + y))  # 1 - y² loses what is left close to ±1


def compute(x: Array) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array]:
    (out,) = saved
    grad_x = empty(out.shape, out.dtype)
    launch(backward, grad, out, grad_x)
    return (grad_x,)


def gradient_on_tensors(grad: Tensor, out: Tensor) -> Tensor:
    return grad * (1.0 - out * out)


fused = Fused(
    "Tanh",
    definition,
    compute,
    gradient,
    tensors=["x"],
    saves=["out"],
    gradient_on_tensors=gradient_on_tensors,
    follows=["x"],
)


def tanh(x: Tensor) -> Tensor:
    """The hyperbolic tangent, elementwise; integers and bools give the default dtype.

    Parameters
    ----------
    x : Tensor of any shape

    >>> import minigrad as torch
    >>> tanh(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.7616,  0.0000,  0.9640])
    """
    return fused(floating(x))
