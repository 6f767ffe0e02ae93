"""Mean squared error: (x - target)², averaged, summed, or each by itself."""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..launch import empty, launch
from ..losses.pairs import gradients_of_both, in_one_shape
from ..losses.reduction import flops_to_reduce, reduce, scale_of
from ..tensor import Tensor


def definition(x: Tensor, target: Tensor, scale: float | None) -> Tensor:
    losses = (x - target) * (x - target)
    return losses if scale is None else losses.sum() * scale


@exactly  # type: ignore[untyped-decorator]
def losses_of(first: int, losses: Array, x: Array, target: Array) -> int:
    some, wanted = x[first : first + losses.size], target[first : first + losses.size]
    for k in range(losses.size):
        difference = np.float64(some[k]) - wanted[k]
        losses[k] = difference * difference
    return 0


@kernel(writes=("out",), shares="x", flops=lambda x: 2 * x.size + flops_to_reduce(x.size))
def forward(x: Flat, target: Flat, scale: ScalarOfFloat64, out: Flat) -> int:
    return reduce(losses_of, (x, target), x.size, 1, scale, out)


@kernel(writes=("grad_x",), flops=lambda x: 4 * x.size, elementwise=True)
def backward(grad: Flat, x: Flat, target: Flat, scale: ScalarOfFloat64, grad_x: Flat) -> None:
    for i in range(x.size):
        slope = 2 * (np.float64(x[i]) - target[i])
        grad_x[i] = slope * grad[i] if scale == 0 else slope * (grad[0] * scale)


def compute(x: Array, target: Array, scale: float | None) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape if scale is None else (), x.dtype)
    launch(forward, x, target, scale or 0.0, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], scale: float | None
) -> list[Array | None]:
    return gradients_of_both(backward, needs, grad, saved, scale or 0.0)


OPERANDS = ["x", "target"]
fused = Fused("MseLoss", definition, compute, gradient, OPERANDS, OPERANDS, follows=OPERANDS)


def mse_loss(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """The squared error between two tensors that broadcast to one shape.

    Parameters
    ----------
    x, target : Tensor
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> mse_loss(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 4.0]))
    tensor(2.5000)
    """
    x, target = in_one_shape(x, target, "mse_cpu")
    return fused(x, target, scale_of(reduction, x.array.size))
