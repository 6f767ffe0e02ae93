"""Negative log likelihood: -weight[target] · x[target] of each row of logarithms x (N, C).

The mean divides by the sum of the targets' weights. A row whose target is `ignore_index` has the
loss 0 and counts nothing: the mean of nothing but such rows is NaN, and its gradient 0.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.elementary import add_compensated
from ..kernels.kernel import Array, Flat, Matrix, ScalarOfFloat64, Vector, kernel
from ..launch import empty, launch
from ..losses import class_targets
from ..losses.class_targets import OUT_OF_BOUNDS, PerRow, Targets, check_classes, marked, reduced
from ..losses.reduction import CODES, MEAN, NONE, corrected
from ..matrices.channels import or_empty, scaled
from ..primitives.copies import in_steps
from ..tensor import Tensor


def definition(x: Tensor, target: Tensor, weight: Tensor | None, *settings: float) -> Tensor:
    ignored, reduction = settings
    chosen = marked(x, target, ignored)
    # Whatever is not chosen must not count, even if it is infinite: neither score nor weight.
    factor = where(chosen, 1.0 if weight is None else weight, 0.0)
    losses = -where(chosen, x * in_steps(x, factor), 0.0).sum(1)
    return reduced(losses, chosen, weight, reduction)


@kernel(writes=("out", "divisor"), errors=OUT_OF_BOUNDS, flops=lambda target: 10 * target.size + 3)
def forward(
    x: Matrix, target: Targets, weight: Vector, ignored: ScalarOfFloat64,
    reduction: ScalarOfFloat64, out: Flat, divisor: PerRow,
) -> int:  # fmt: skip
    total = correction = weights = left = 0.0
    for n in range(x.shape[0]):
        t, loss = target[n], 0.0
        if t != ignored:
            if not 0 <= t < x.shape[1]:
                return 1
            factor = scaled(1.0, weight, t)
            loss = -factor * x[n, t]
            weights, left = add_compensated(weights, left, factor)
        if reduction == NONE:
            out[n] = loss
        else:
            total, correction = add_compensated(total, correction, loss)
    divisor[0] = weights + left if reduction == MEAN else 1
    if reduction != NONE:
        out[0] = corrected(total, correction) / divisor[0]
    return 0


@kernel(writes=("grad_x",), flops=lambda target: 2 * target.size)
def backward(
    grad: Flat, target: Targets, weight: Vector, divisor: PerRow, ignored: ScalarOfFloat64,
    reduction: ScalarOfFloat64, grad_x: Matrix,
) -> None:  # fmt: skip
    grad_x[:, :] = 0
    for n in range(grad_x.shape[0]):
        t = target[n]
        if t != ignored and 0 <= t < grad_x.shape[1]:  # whatever was written there since
            slope = grad[n if reduction == NONE else 0] / divisor[0]
            grad_x[n, t] = -scaled(slope, weight, t)


def compute(
    x: Array, target: Array, weight: Array | None, *settings: float
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(target.shape if settings[-1] == NONE else (), x.dtype)
    divisor = empty((1,), np.float64)
    launch(forward, x, target, or_empty(weight, x), *settings, out, divisor)
    return out, (divisor,)


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], *settings: float
) -> tuple[Array | None, ...]:
    x, target, weight, divisor = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, target, or_empty(weight, x), divisor, *settings, grad_x)
    return grad_x, None, None


OPERANDS = ["x", "target", "weight"]
fused = Fused("NllLoss", definition, compute, gradient, OPERANDS, saves=OPERANDS)


def nll_loss(
    x: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> Tensor:
    """The negative of the logarithm of each target's probability.

    Parameters
    ----------
    x : Tensor (N, C), (C,) or (N, C, d1, ...): logarithms of probabilities
    target : Tensor (N,), () or (N, d1, ...) of int64: classes, from 0 to C - 1
    weight : Tensor (C,) or None: of each class
    ignore_index : a target that stands for none
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> nll_loss(torch.tensor([[-1.0, -2.0], [-3.0, -4.0]]), torch.tensor([0, 1]))
    tensor(2.5000)
    """
    check_classes(x, target, weight, "nll_loss_out_frame")
    settings = float(ignore_index), CODES[reduction]
    return class_targets.on_rows(fused, x, target, weight, *settings)
