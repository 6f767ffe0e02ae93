"""Negative log likelihood: -weight[target] · x[target] of each row of logarithms x (N, C).

The mean divides by the sum of the targets' weights. A row whose target is `ignore_index` has the
loss 0 and counts nothing: the mean of nothing but such rows is NaN, and its gradient 0.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Flat, Matrix, ScalarOfFloat64, Vector, kernel
from ..kernels.sharing import share
from ..launch import empty, launch
from ..losses import class_targets
from ..losses.class_targets import OUT_OF_BOUNDS, PerRow, Targets, marked, reduce_rows, reduced
from ..losses.reduction import CODES, NONE, flops_to_reduce
from ..matrices.channels import or_empty, scaled
from ..primitives.copies import in_steps
from ..tensor import Tensor


def definition(x: Tensor, target: Tensor, weight: Tensor | None, *settings: float) -> Tensor:
    ignored, reduction = settings
    chosen = marked(x, target, ignored)
    # Whatever is not chosen must not count, even if it is infinite: neither score nor weight.
    factor = where(chosen, 1.0 if weight is None else weight, 0.0)
    return reduced(-where(chosen, x * in_steps(x, factor), 0.0).sum(1), chosen, weight, reduction)


@exactly  # type: ignore[untyped-decorator]
def losses_of(
    first: int, losses: Array, x: Array, target: Array, weight: Array, ignored: float
) -> int:  # fmt: skip
    C, wrong = x.shape[1], 0
    for j in range(losses.size):  # without an exit, so that several scores are waited for at once
        t = target[first + j]
        is_class = 0 <= t < C and t != ignored
        losses[j] = -scaled(np.float64(x[first + j, t]), weight, t) if is_class else 0.0
        wrong += not is_class and t != ignored
    return 1 if wrong else 0


@kernel(writes=("out", "divisor"), errors=OUT_OF_BOUNDS, shares="target",
        flops=lambda target: target.size + 2 * flops_to_reduce(target.size) - 1)  # fmt: skip
def forward(
    x: Matrix, target: Targets, weight: Vector, ignored: ScalarOfFloat64,
    reduction: ScalarOfFloat64, out: Flat, divisor: PerRow,
) -> int:  # fmt: skip
    operands = x, target, weight, ignored
    return reduce_rows(losses_of, operands, 1, target, weight, ignored, reduction, out, divisor)


@exactly  # type: ignore[untyped-decorator]
def backward_of_rows(
    first: int, last: int, grad: Array, target: Array, weight: Array, divisor: Array,
    ignored: float, reduction: float, grad_x: Array,
) -> int:  # fmt: skip
    grad_x[first:last] = 0
    for n in range(first, last):
        t = target[n]
        if t != ignored and 0 <= t < grad_x.shape[1]:  # whatever was written there since
            grad_x[n, t] = -scaled(grad[n if reduction == NONE else 0] / divisor[0], weight, t)
    return 0


@kernel(writes=("grad_x",), shares="grad_x", flops=lambda target: 2 * target.size)
def backward(
    grad: Flat, target: Targets, weight: Vector, divisor: PerRow, ignored: ScalarOfFloat64,
    reduction: ScalarOfFloat64, grad_x: Matrix,
) -> int:  # fmt: skip
    operands = grad, target, weight, divisor, ignored, reduction, grad_x
    return share(backward_of_rows, len(grad_x), grad_x.size, operands)


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


OPERANDS, AGAIN = ["x", "target", "weight"], ["target", "weight"]
fused = Fused("NllLoss", definition, compute, gradient, OPERANDS, OPERANDS, again=AGAIN)


def nll_loss(
    x: Tensor, target: Tensor, weight: Tensor | None = None, ignore_index: int = -100,
    reduction: str = "mean",
) -> Tensor:  # fmt: skip
    """The negative of the logarithm of each target's probability.

    Parameters
    ----------
    x : Tensor (N, C), (C,) or (N, C, d1, ...): logarithms of probabilities
    target : Tensor (N,), () or (N, d1, ...) of int64, or uint8 without d1: from 0 to C - 1
    weight : Tensor (C,) or None: of each class
    ignore_index : a target that stands for none
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> nll_loss(torch.tensor([[-1.0, -2.0], [-3.0, -4.0]]), torch.tensor([0, 1]))
    tensor(2.5000)
    """
    class_targets.check_classes(x, target, weight, "nll_loss_out_frame")
    settings = float(ignore_index), CODES[reduction]
    return class_targets.on_rows(fused, x, target, weight, *settings)
