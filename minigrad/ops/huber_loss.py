"""Huber loss: d² / 2 where |d| <= delta, else delta · (|d| - delta / 2); d = x - target.

Source: Huber, "Robust estimation of a location parameter", 1964, section 4. Where |d| = delta the
two pieces meet in value and slope; the second derivative there is that of the straight one, 0.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..launch import empty, launch
from ..losses.pairs import gradients_of_both, in_one_shape, sign_of
from ..losses.reduction import flops_to_reduce, reduce, scale_of
from ..tensor import Tensor


def definition(x: Tensor, target: Tensor, delta: float, scale: float | None) -> Tensor:
    difference = x - target
    far = difference.abs() >= delta
    near = where(far, 0.0, difference)
    distance = where(far, difference * sign_of(difference), 0.0)  # delta may be infinite
    losses = where(far, delta * (distance - 0.5 * delta), 0.5 * near * near)
    return losses if scale is None else losses.sum() * scale


@exactly  # type: ignore[untyped-decorator]
def losses_of(first: int, losses: Array, x: Array, target: Array, delta: float) -> int:
    last = first + losses.size
    some, wanted = x[first:last], target[first:last]
    for k in range(some.size):
        distance = abs(np.float64(some[k]) - wanted[k])
        straight = delta * (distance - 0.5 * delta)
        losses[k] = 0.5 * distance * distance if distance < delta else straight
    return 0


@kernel(writes=("out",), shares="x", flops=lambda x: 6 * x.size + flops_to_reduce(x.size))
def forward(
    x: Flat, target: Flat, delta: ScalarOfFloat64, scale: ScalarOfFloat64, out: Flat
) -> int:
    return reduce(losses_of, (x, target, delta), x.size, 1, scale, out)


@kernel(writes=("grad_x",), flops=lambda x: 3 * x.size, elementwise=True)
def backward(
    grad: Flat, x: Flat, target: Flat, delta: ScalarOfFloat64, scale: ScalarOfFloat64,
    grad_x: Flat,
) -> None:  # fmt: skip
    for i in range(x.size):
        difference = np.float64(x[i]) - target[i]
        slope = delta if difference > delta else -delta if difference < -delta else difference
        grad_x[i] = slope * grad[i] if scale == 0 else slope * (grad[0] * scale)


def compute(
    x: Array, target: Array, delta: float, scale: float | None
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape if scale is None else (), x.dtype)
    launch(forward, x, target, delta, scale or 0.0, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], delta: float, scale: float | None
) -> list[Array | None]:
    return gradients_of_both(backward, needs, grad, saved, delta, scale or 0.0)


OPERANDS = ["x", "target"]
fused = Fused("HuberLoss", definition, compute, gradient, OPERANDS, OPERANDS, follows=["x"])


def huber_loss(x: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0) -> Tensor:
    """Half the squared error where it is small, and from there on straight.

    Parameters
    ----------
    x, target : Tensor
    reduction : "none", "mean" or "sum"
    delta : the difference at which one turns into the other

    >>> import minigrad as torch
    >>> huber_loss(torch.tensor([1.5, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(0.8125)
    """
    if not delta > 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    x, target = in_one_shape(x, target, "huber_cpu")
    return fused(x, target, delta, scale_of(reduction, x.array.size))
