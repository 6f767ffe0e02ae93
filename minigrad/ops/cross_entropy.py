"""Cross entropy of rows of scores x (N, C) with classes: -weight[target] · log softmax(x)[target].

Label smoothing s leaves this a part of 1 - s; the rest is s times the mean over all classes c of
-weight[c] · log softmax(x)[c]. Source: Szegedy et al., "Rethinking the Inception architecture for
computer vision", 2016, section 7. Means and `ignore_index` are as in `nll_loss`.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.elementary import add_compensated
from ..kernels.kernel import Array, Flat, Matrix, ScalarOfFloat64 as Setting, Vector, kernel
from ..launch import empty, launch
from ..losses import class_targets
from ..losses.class_scores import log_of_sum, log_probabilities, probability
from ..losses.class_targets import OUT_OF_BOUNDS, PerRow, Targets, check_classes, marked, reduced
from ..losses.reduction import CODES, MEAN, NONE, corrected
from ..matrices.channels import PerChannel, or_empty, scaled
from ..tensor import Tensor


def definition(x: Tensor, target: Tensor, weight: Tensor | None, *settings: float) -> Tensor:
    ignored, smoothing, reduction = settings
    chosen, losses = marked(x, target, ignored), -log_probabilities(x)
    factor = 1.0 if weight is None else where(chosen, weight, 0.0)  # the others may be infinite
    hard = reduced(where(chosen, losses * factor, 0.0).sum(1), chosen, weight, reduction)
    if smoothing == 0:
        return hard
    each = losses if weight is None else losses * weight
    spread = where(chosen.sum(1) > 0, each.sum(1), 0.0) * (smoothing / max(x.array.shape[1], 1))
    return (1.0 - smoothing) * hard + reduced(spread, chosen, weight, reduction)


@kernel(writes=("out", "norms", "divisor"), errors=OUT_OF_BOUNDS,
        flops=lambda x: 28 * x.size + 15 * len(x) + 3)  # fmt: skip
def forward(
    x: Matrix, target: Targets, weight: Vector, ignored: Setting, smoothing: Setting,
    reduction: Setting, out: Flat, norms: PerChannel, divisor: PerRow,
) -> int:  # fmt: skip
    total = correction = weights = left = 0.0
    for n in range(x.shape[0]):
        t, loss = target[n], 0.0
        largest, log = log_of_sum(x[n], norms[n])
        if t != ignored:
            if not 0 <= t < x.shape[1]:
                return 1
            loss = (1 - smoothing) * scaled((largest - x[n, t]) + log, weight, t)
            if smoothing > 0:
                for c in range(x.shape[1]):
                    loss += smoothing / x.shape[1] * scaled((largest - x[n, c]) + log, weight, c)
            weights, left = add_compensated(weights, left, scaled(1.0, weight, t))
        if reduction == NONE:
            out[n] = loss
        else:
            total, correction = add_compensated(total, correction, loss)
    divisor[0] = weights + left if reduction == MEAN else 1
    if reduction != NONE:  # with smoothing there may be something to divide by no weight at all
        total = corrected(total, correction) if smoothing == 0 or divisor[0] else np.nan
        out[0] = total / divisor[0]
    return 0


@kernel(writes=("grad_x",), flops=lambda x: 26 * x.size + 7 * len(x) + 2 * x.shape[1] + 1)
def backward(
    grad: Flat, x: Matrix, target: Targets, weight: Vector, norms: PerChannel, divisor: PerRow,
    ignored: Setting, smoothing: Setting, reduction: Setting, grad_x: Matrix,
) -> None:  # fmt: skip
    part, spread = smoothing / x.shape[1], 0.0
    for c in range(x.shape[1] if smoothing > 0 else 0):  # weights may be infinite
        spread += scaled(part, weight, c)
    for n in range(x.shape[0]):
        t, soft, hard, sum = target[n], 0.0, 0.0, 0.0
        if t != ignored and 0 <= t < x.shape[1]:  # whatever was written there since
            slope = grad[n if reduction == NONE else 0] / divisor[0]
            soft, hard = slope * part, slope * scaled(1 - smoothing, weight, t)
            sum = hard + slope * spread if smoothing > 0 else hard  # ∞ · 0 is NaN
        for c in range(x.shape[1]):
            wanted = hard if c == t else 0.0
            wanted += scaled(soft, weight, c) if smoothing > 0 else 0.0
            grad_x[n, c] = probability(x[n, c], norms[n]) * sum - wanted


def compute(
    x: Array, target: Array, weight: Array | None, *settings: float
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(target.shape if settings[-1] == NONE else (), x.dtype)
    norms, divisor = empty((len(x), 2), np.float64), empty((1,), np.float64)
    launch(forward, x, target, or_empty(weight, x), *settings, out, norms, divisor)
    return out, (norms, divisor)


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], *settings: float
) -> tuple[Array | None, ...]:
    x, target, weight, norms, divisor = saved
    grad_x = empty(x.shape, x.dtype)
    launch(backward, grad, x, target, or_empty(weight, x), norms, divisor, *settings, grad_x)
    return grad_x, None, None


OPERANDS, NAMED = ["x", "target", "weight"], class_targets.named
fused = Fused("CrossEntropyLoss", definition, compute, gradient, OPERANDS, OPERANDS, named=NAMED)


def cross_entropy(
    x: Tensor, target: Tensor, weight: Tensor | None = None, ignore_index: int = -100,
    smoothing: float = 0.0, reduction: str = "mean",
) -> Tensor:  # fmt: skip
    """The negative log likelihood under the softmax of x; for parameters see `nll_loss`.

    >>> import minigrad as torch
    >>> cross_entropy(torch.tensor([[0.0, 0.0]]), torch.tensor([1]))
    tensor(0.6931)
    """
    check_classes(x, target, weight, "log_softmax_lastdim_kernel_impl")
    settings = float(ignore_index), float(smoothing), CODES[reduction]
    return class_targets.on_rows(fused, x, target, weight, *settings)
