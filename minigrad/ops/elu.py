"""ELU: x where x > 0, otherwise alpha · (exp(x) - 1).

Source: Clevert, Unterthiner & Hochreiter, "Fast and accurate deep network learning by exponential
linear units", 2016, equation 15. At the kink, x = +0 or -0, the gradient is the left one, alpha,
and the second derivative the right one, 0: as if the function were alpha · x just there.
"""

from __future__ import annotations

from ..functions.arguments import require_floating
from ..functions.comparison import where
from ..fused import Fused
from ..kernels.elementary import exp, expm1
from ..kernels.kernel import Array, Flat, Scalar, kernel
from ..launch import empty, launch
from ..tensor import Tensor


def definition(x: Tensor, alpha: float) -> Tensor:
    # exp must not see positive x: where it overflows, 0 · inf would make the gradient NaN.
    negative = where(x > 0, 0.0, x)
    left = where(x < 0, alpha * (negative.exp() - 1.0), alpha * x)
    return where(x > 0, x, left)


@kernel(writes=("out",), flops=22, elementwise=True, costly=True)
def forward(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size):
        # >= keeps the sign of zero whatever alpha's is.
        out[i] = x[i] if x[i] >= 0 else alpha * expm1(x[i])


@kernel(writes=("grad_x",), flops=22, elementwise=True, costly=True)
def backward(grad: Flat, x: Flat, alpha: Scalar, grad_x: Flat) -> None:
    for i in range(x.size):
        grad_x[i] = grad[i] if x[i] > 0 else grad[i] * alpha * exp(x[i])


def compute(x: Array, alpha: float) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, alpha, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array], alpha: float) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, alpha, grad_x)
    return (grad_x,)


fused = Fused("Elu", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"])


def elu(x: Tensor, alpha: float = 1.0) -> Tensor:
    """The exponential linear unit, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    alpha : the limit for x towards -infinity is -alpha

    >>> import minigrad as torch
    >>> elu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.6321,  0.0000,  2.0000])
    """
    require_floating(x, "elu_cpu")
    return fused(x, float(alpha))
