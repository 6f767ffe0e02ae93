"""Cross entropy of rows of scores x (N, C) with classes: -weight[target] · log softmax(x)[target].

Label smoothing s leaves this a part of 1 - s; the rest is s times the mean over all classes c of
-weight[c] · log softmax(x)[c]. Source: Szegedy et al., "Rethinking the Inception architecture for
computer vision", 2016, section 7. Means and `ignore_index` are as in `nll_loss`.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.kernel import Array, Flat, Matrix, ScalarOfFloat64 as Setting, Vector, kernel
from ..kernels.sharing import share
from ..launch import empty, launch
from ..losses import class_targets
from ..losses.class_scores import flops_of_rows, gradient_of_rows, log_probabilities
from ..losses.class_targets import OUT_OF_BOUNDS, PerRow, Targets, marked, reduce_rows, reduced
from ..losses.hard_targets import losses_of, wanted_of
from ..losses.reduction import CODES, NONE, flops_to_reduce
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


@kernel(writes=("out", "norms", "divisor"), errors=OUT_OF_BOUNDS, shares="x",
        flops=lambda x: flops_of_rows(x, 23, 47, 32) + flops_to_reduce(len(x), x.shape[1])
        + flops_to_reduce(len(x)))  # fmt: skip
def forward(
    x: Matrix, target: Targets, weight: Vector, ignored: Setting, smoothing: Setting,
    reduction: Setting, out: Flat, norms: PerChannel, divisor: PerRow,
) -> int:  # fmt: skip
    C = x.shape[1]
    operands = x, target, weight, ignored, smoothing, smoothing / C, norms
    status = reduce_rows(losses_of, operands, C, target, weight, ignored, reduction, out, divisor)
    if smoothing > 0 and divisor[0] == 0:  # something was divided by no weight at all
        out[0] = np.nan
    return status


@kernel(writes=("grad_x",), shares="x",
        flops=lambda x: flops_of_rows(x, 25, 10, 0) + 2 * x.shape[1])  # fmt: skip
def backward(
    grad: Flat, x: Matrix, target: Targets, weight: Vector, norms: PerChannel, divisor: PerRow,
    ignored: Setting, smoothing: Setting, reduction: Setting, grad_x: Matrix,
) -> int:  # fmt: skip
    all_weights, (N, C) = 0.0, x.shape
    for c in range(C if smoothing > 0 else 0):
        all_weights += scaled(1.0, weight, c)
    settings = ignored, smoothing, reduction, C, all_weights
    operands = x, norms, (grad, target, weight, divisor, *settings), grad_x
    return share(gradient_of_rows, N, x.size, operands, wanted_of)


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


OPERANDS, AGAIN = ["x", "target", "weight"], ["target", "weight"]
NAMED = class_targets.named
fused = Fused(
    "CrossEntropyLoss", definition, compute, gradient, OPERANDS, OPERANDS, again=AGAIN, named=NAMED
)


def cross_entropy(
    x: Tensor, target: Tensor, weight: Tensor | None = None, ignore_index: int = -100,
    smoothing: float = 0.0, reduction: str = "mean",
) -> Tensor:  # fmt: skip
    """The negative log likelihood under the softmax of x; for parameters see `nll_loss`.

    >>> import minigrad as torch
    >>> cross_entropy(torch.tensor([[0.0, 0.0]]), torch.tensor([1]))
    tensor(0.6931)
    """
    class_targets.check_classes(x, target, weight, "log_softmax_lastdim_kernel_impl")
    settings = float(ignore_index), float(smoothing), CODES[reduction]
    return class_targets.on_rows(fused, x, target, weight, *settings)
