"""Dropout: x · mask / keep, where the mask is 1 with probability keep, else 0.

Source: Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, "Dropout: a simple way to
prevent neural networks from overfitting", 2014, section 4; dividing in training saves scaling the
weights afterwards. What is dropped is multiplied, not set to 0: an infinity becomes NaN.
"""

from __future__ import annotations

from ..fused import Fused
from ..kernels.kernel import Array, Flat, Scalar, kernel
from ..launch import empty, launch
from ..tensor import Tensor


def definition(x: Tensor, mask: Tensor, keep: float) -> Tensor:
    return x * (mask / keep)


@kernel(writes=("out",), flops=2, elementwise=True)
def forward(x: Flat, mask: Flat, keep: Scalar, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i] * (mask[i] / keep)


def compute(x: Array, mask: Array, keep: float) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, mask, keep, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], keep: float
) -> tuple[Array, Array | None]:
    """Linear in x, and so its own gradient; the mask needs none."""
    (mask,) = saved
    grad_x = empty(grad.shape, grad.dtype)
    launch(forward, grad, mask, keep, grad_x)
    return grad_x, None


fused = Fused("Mul", definition, compute, gradient, tensors=["x", "mask"], saves={"mask": "x"},
              follows=["x"])  # fmt: skip


def dropout(x: Tensor, mask: Tensor, keep: float) -> Tensor:
    """What a mask leaves of a tensor, made larger by as much as is missing on average.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    mask : Tensor of the same shape and dtype, of zeros and ones
    keep : the probability of a one

    >>> import minigrad as torch
    >>> dropout(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 0.0, 1.0]), 0.5)
    tensor([2., 0., 6.])
    """
    return fused(x, mask, keep)
