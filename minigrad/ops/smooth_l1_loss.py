"""Smooth absolute error: d² / (2 · beta) where |d| < beta, else |d| - beta / 2; d = x - target.

Source: Girshick, "Fast R-CNN", 2015, equation 3, there with beta = 1. Where |d| = beta the two
pieces meet in value and slope; the second derivative there is that of the straight one, 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.intrinsics import exactly, exactly_there, is_float32
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..launch import empty, launch
from ..losses.pairs import gradients_of_both, in_one_shape, sign_of
from ..losses.reduction import flops_to_reduce, reduce, scale_of
from ..tensor import Tensor
from .l1_loss import l1_loss

LARGEST = float(np.finfo(np.float64).max)  # of a 1 / beta: an infinity times 0 is not 0


def definition(x: Tensor, target: Tensor, beta: float, scale: float | None) -> Tensor:
    difference = x - target
    far = difference.abs() >= beta
    near = where(far, 0.0, difference)
    losses = where(far, difference * sign_of(difference) - 0.5 * beta, 0.5 * near * near / beta)
    return losses if scale is None else losses.sum() * scale


@exactly_there  # type: ignore[untyped-decorator]
def divided(value: float, beta: float, per_beta: float, x: Any) -> float:
    """value / beta; where the result becomes a float32 like x a product is near enough.

    A division takes as long as all else: with products the loss of a float32 takes 0.49 ns on one
    core of an Intel Xeon and its gradient 0.29, with quotients 0.81 and 0.65.
    """
    return value * per_beta if is_float32(x) else value / beta


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, beta: float, per_beta: float
) -> int:
    last = first + losses.size
    some, wanted = x[first:last], target[first:last]
    for k in range(some.size):
        distance = abs(np.float64(some[k]) - wanted[k])
        near = divided(0.5 * distance * distance, beta, per_beta, some[k])
        losses[k] = near if distance < beta else distance - 0.5 * beta
    return 0


@kernel(writes=("out",), shares="x", flops=lambda x: 6 * x.size + 1 + flops_to_reduce(x.size))
def forward(
    x: Flat, target: Flat, beta: ScalarOfFloat64, scale: ScalarOfFloat64, out: Flat
) -> int:
    operands = x, target, beta, min(1 / beta, LARGEST)
    return reduce(losses_of, operands, x.size, 1, scale, out)


@kernel(writes=("grad_x",), flops=lambda x: 4 * x.size + 1, elementwise=True)
def backward(
    grad: Flat, x: Flat, target: Flat, beta: ScalarOfFloat64, scale: ScalarOfFloat64,
    grad_x: Flat,
) -> None:  # fmt: skip
    per_beta = min(1 / beta, LARGEST)
    for i in range(x.size):
        difference = np.float64(x[i]) - target[i]
        near = divided(difference, beta, per_beta, x[i])
        slope = 1.0 if difference >= beta else -1.0 if difference <= -beta else near
        grad_x[i] = slope * grad[i] if scale == 0 else slope * (grad[0] * scale)


def compute(
    x: Array, target: Array, beta: float, scale: float | None
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape if scale is None else (), x.dtype)
    launch(forward, x, target, beta, scale or 0.0, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], beta: float, scale: float | None
) -> list[Array | None]:
    return gradients_of_both(backward, needs, grad, saved, beta, scale or 0.0)


OPERANDS = ["x", "target"]
fused = Fused("SmoothL1Loss", definition, compute, gradient, OPERANDS, OPERANDS, follows=OPERANDS)


def smooth_l1_loss(
    x: Tensor, target: Tensor, reduction: str = "mean", beta: float = 1.0
) -> Tensor:
    """The squared error where it is small, else the absolute one, both scaled to fit together.

    Parameters
    ----------
    x, target : Tensor
    reduction : "none", "mean" or "sum"
    beta : the difference at which one turns into the other; 0 leaves the absolute error

    >>> import minigrad as torch
    >>> smooth_l1_loss(torch.tensor([1.5, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(0.8125)
    """
    if not beta >= 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")
    if beta == 0:
        return l1_loss(x, target, reduction)
    x, target = in_one_shape(x, target, "smooth_l1_cpu")
    return fused(x, target, beta, scale_of(reduction, x.array.size))
