"""Sigmoid: 1 / (1 + exp(-x)), the probability whose log-odds are x.

It saturates: in float32 it is exactly 1 from x = 17.33, and its gradient, y · (1 - y),
exactly 0.
"""

from __future__ import annotations

from ..functions.comparison import where
from ..functions.promotion import floating
from ..fused import Fused
from ..kernels import elementary
from ..kernels.kernel import Array, Flat, kernel
from ..launch import empty, launch
from ..tensor import Tensor

stable_sigmoid = elementary.sigmoid


def definition(x: Tensor) -> Tensor:
    # exp only of what is not positive, so that it cannot overflow and its gradient stays finite.
    decay = where(x > 0, -x, x).exp()
    return where(x > 0, 1.0 / (1.0 + decay), decay / (1.0 + decay))


@kernel(writes=("out",), flops=22, elementwise=True, costly=True)
def forward(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = stable_sigmoid(x[i])


@kernel(writes=("grad_x",), flops=3, elementwise=True)
def backward(grad: Flat, out: Flat, grad_x: Flat) -> None:
    for i in range(out.size):
        grad_x[i] = grad[i] * (out[i] * (1 - out[i]))


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
    return grad * (out * (1.0 - out))


fused = Fused(
    "Sigmoid",
    definition,
    compute,
    gradient,
    tensors=["x"],
    saves=["out"],
    gradient_on_tensors=gradient_on_tensors,
    follows=["x"],
)


def sigmoid(x: Tensor) -> Tensor:
    """The logistic function, elementwise; integers and bools give the default dtype.

    Parameters
    ----------
    x : Tensor of any shape

    >>> import minigrad as torch
    >>> sigmoid(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([0.2689, 0.5000, 0.8808])
    """
    return fused(floating(x))
