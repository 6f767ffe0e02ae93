"""Cross entropy of rows of scores x (N, C) with probabilities of the classes, target (N, C).

-sum over c of weight[c] · target[c] · log softmax(x)[c]; the mean divides by the number of rows.
Label smoothing s turns a target into (1 - s) · target + s / C.
"""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.kernel import Array, Flat, Matrix, ScalarOfFloat64, Vector, kernel
from ..kernels.sharing import share
from ..launch import empty, launch
from ..losses.class_scores import flops_of_rows, gradient_of_rows, log_probabilities
from ..losses.class_targets import check_class_probabilities, like_targets, rows_of
from ..losses.reduction import flops_to_reduce, reduce, scale_of
from ..losses.soft_targets import losses_of, wanted_of
from ..matrices.channels import PerChannel, or_empty
from ..tensor import Tensor


def definition(
    x: Tensor, target: Tensor, weight: Tensor | None, smoothing: float, scale: float | None
) -> Tensor:
    if smoothing > 0:
        target = target * (1.0 - smoothing) + smoothing / max(x.array.shape[1], 1)
    target = target if weight is None else target * weight
    losses = -(log_probabilities(x) * target).sum(1)
    return losses if scale is None else losses.sum() * scale


@kernel(writes=("out", "norms"), shares="x",
        flops=lambda x: flops_of_rows(x, 25, 41, 33)
        + flops_to_reduce(len(x), x.shape[1]) + 1)  # fmt: skip
def forward(
    x: Matrix, target: Matrix, weight: Vector, smoothing: ScalarOfFloat64,
    scale: ScalarOfFloat64, out: Flat, norms: PerChannel,
) -> int:  # fmt: skip
    operands = x, target, weight, smoothing, smoothing / x.shape[1], norms
    return reduce(losses_of, operands, len(x), x.shape[1], scale, out)


@kernel(writes=("grad_x",), shares="x", flops=lambda x: flops_of_rows(x, 31, 9, 10) + 1)
def backward(
    grad: Flat, x: Matrix, target: Matrix, weight: Vector, norms: PerChannel,
    smoothing: ScalarOfFloat64, scale: ScalarOfFloat64, grad_x: Matrix,
) -> int:  # fmt: skip
    settings = smoothing, smoothing / x.shape[1], scale
    operands = x, norms, (grad, target, weight, *settings), grad_x
    return share(gradient_of_rows, len(x), x.size, operands, wanted_of)


def compute(
    x: Array, target: Array, weight: Array | None, smoothing: float, scale: float | None
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape[:1] if scale is None else (), x.dtype)
    norms = empty((len(x), 2), np.float64)
    launch(forward, x, target, or_empty(weight, x), smoothing, scale or 0.0, out, norms)
    return out, (norms,)


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], smoothing: float, scale: float | None
) -> tuple[Array | None, ...]:
    x, target, weight, norms = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, target, or_empty(weight, x), norms, smoothing, scale or 0.0, grad_x)
    return grad_x, None, None


OPERANDS = ["x", "target", "weight"]
fused = Fused(
    "CrossEntropyLoss", definition, compute, gradient, OPERANDS, OPERANDS, again=(),
    named=lambda _, scale: "NegBackward0" if scale in (None, 1.0) else "DivBackward1",
)  # fmt: skip


def cross_entropy_of_probabilities(
    x: Tensor, target: Tensor, weight: Tensor | None = None, smoothing: float = 0.0,
    reduction: str = "mean",
) -> Tensor:  # fmt: skip
    """The cross entropy of the softmax of scores with probabilities, both (N, C, ...) or (C,).

    Parameters
    ----------
    x, target : Tensor of one shape, and of one floating-point dtype with the weight
    weight : Tensor (C,) or None: of each class
    smoothing : between 0 and 1
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> cross_entropy_of_probabilities(torch.zeros(1, 2), torch.tensor([[0.5, 0.5]]))
    tensor(0.6931)
    """
    check_class_probabilities(x, target, weight)
    rows = rows_of(x)
    count = len(rows.array) if x.array.size else 0
    operands = rows, rows_of(target), weight
    settings = float(smoothing), scale_of(reduction, count)
    constant = not target._requires_grad and (weight is None or not weight._requires_grad)
    losses = fused(*operands, *settings) if constant else definition(*operands, *settings)
    return like_targets(losses, x, "DivBackward1" if reduction == "mean" else "NegBackward0")
