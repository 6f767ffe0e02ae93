"""Leaky ReLU: x where x > 0, otherwise negative_slope · x.

Source: Maas, Hannun & Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013,
equation 3. At the kink, x = +0 or -0, the gradient is the left one, negative_slope; so it is at
NaN, which is not `> 0`.
"""

from __future__ import annotations

from .. import arrays
from ..functions.arguments import require_floating
from ..functions.comparison import where
from ..fused import Fused
from ..kernels.kernel import Array, Flat, Scalar, kernel
from ..launch import empty, launch
from ..primitives.copies import in_steps
from ..tensor import Tensor, tensor_of


def definition(x: Tensor, negative_slope: float) -> Tensor:
    slope = tensor_of(arrays.full(x.array.shape, x.array.dtype, negative_slope))
    return where(x > 0, x, in_steps(x, slope) * x)


@kernel(writes=("out",), flops=1, elementwise=True)
def forward(x: Flat, negative_slope: Scalar, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i] if x[i] > 0 else x[i] * negative_slope


@kernel(writes=("grad_x",), flops=1, elementwise=True)
def backward(grad: Flat, x: Flat, negative_slope: Scalar, grad_x: Flat) -> None:
    for i in range(x.size):
        grad_x[i] = grad[i] if x[i] > 0 else grad[i] * negative_slope


def compute(x: Array, negative_slope: float) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, negative_slope, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], negative_slope: float
) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, negative_slope, grad_x)
    return (grad_x,)


fused = Fused(
    "LeakyRelu", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"]
)


def leaky_relu(x: Tensor, negative_slope: float = 0.01) -> Tensor:
    """The rectified linear unit that lets a part of what is negative through, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    negative_slope : the slope where x is not positive

    >>> import minigrad as torch
    >>> leaky_relu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.0100,  0.0000,  2.0000])
    """
    require_floating(x, "leaky_relu_cpu")
    return fused(x, float(negative_slope))
