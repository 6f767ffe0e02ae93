"""Softplus: log(1 + exp(beta · x)) / beta, a smooth ReLU; x itself where beta · x > threshold.

Source: Dugas, Bengio, Bélisle, Nadeau & Garcia, "Incorporating second-order functional knowledge
for better option pricing", 2001, equation 4. The threshold saves nothing here, where no
exponential overflows; but who lowers it gets a kink there, of which the left side belongs to the
curve. At the kink the gradient is the curve's, and the second derivative that of x, 0: as if the
function were straight just there. Whether beta · x is above the threshold is told in the dtype of
x, as PyTorch does.
"""

from __future__ import annotations

import math
from typing import Any

from ..functions.arguments import require_floating
from ..functions.comparison import where
from ..fused import Fused
from ..kernels.intrinsics import exactly, is_float32, multiply_add
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..kernels.pairs import pair_of_product
from ..kernels.wide import log_of_1_plus_exp, sigmoid
from ..launch import empty, launch
from ..tensor import Tensor


def definition(x: Tensor, beta: float, threshold: float) -> Tensor:
    t = x * beta
    decay = where(t > 0, -t, t).exp()
    curve = (where(t > 0, t, 0.0) + (1.0 + decay).log()) / beta
    if math.isfinite(threshold):
        slope = 0.5 + 0.5 * math.tanh(0.5 * threshold)
        straight = curve.detach() + slope * (x - x.detach())
        curve = where(t == threshold, straight, curve)
    return where(t > threshold, x, curve)


@exactly  # type: ignore[untyped-decorator]
def _argument(x: Any, beta: float) -> Any:
    """beta · x and what rounding has lost of it: e^(beta x) would multiply that by beta x."""
    return (x * beta, 0.0) if is_float32(x) else pair_of_product(x, beta)


@kernel(writes=("out",), flops=43, elementwise=True, costly=True)
def forward(x: Flat, beta: ScalarOfFloat64, threshold: ScalarOfFloat64, out: Flat) -> None:
    number = x.dtype.type
    for i in range(x.size):
        above = x[i] * number(beta) > number(threshold)
        t, rest = _argument(x[i], beta)
        out[i] = x[i] if above else log_of_1_plus_exp(t, rest, x[i]) / beta


@kernel(writes=("grad_x",), flops=25, elementwise=True, costly=True)
def backward(
    grad: Flat, x: Flat, beta: ScalarOfFloat64, threshold: ScalarOfFloat64, grad_x: Flat
) -> None:
    number = x.dtype.type
    for i in range(x.size):
        above = x[i] * number(beta) > number(threshold)
        t, rest = _argument(x[i], beta)
        slope = sigmoid(t, x[i])
        if not is_float32(x[i]):
            slope = multiply_add(rest * slope, 1.0 - slope, slope)
        grad_x[i] = grad[i] * (1.0 if above else slope)


def compute(x: Array, beta: float, threshold: float) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, beta, threshold, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], beta: float, threshold: float
) -> tuple[Array]:
    (x,) = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, beta, threshold, grad_x)
    return (grad_x,)


fused = Fused("Softplus", definition, compute, gradient, tensors=["x"], saves=["x"], follows=["x"])


def softplus(x: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """The smooth rectifier, elementwise.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    beta : how sharp the bend is
    threshold : x itself is the result where beta · x is above it

    >>> import minigrad as torch
    >>> softplus(torch.tensor([-1.0, 0.0, 30.0]))
    tensor([ 0.3133,  0.6931, 30.0000])
    """
    require_floating(x, "softplus_cpu")
    return fused(x, float(beta), float(threshold))
