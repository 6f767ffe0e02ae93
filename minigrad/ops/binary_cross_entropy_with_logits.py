"""Binary cross entropy of logits: -(w · target · log s + (1 - target) · log(1 - s)).

s is the sigmoid of x, and w the weight of positive targets. Since -log s = log(1 + e^-x) and
-log(1 - s) = x - log s, no sigmoid is rounded on the way. Where x is infinite, the loss is as in
PyTorch, which adds infinities of both signs: NaN at -infinity, and at infinity for target 1.
"""

from __future__ import annotations

import math

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..kernels.lanes import scratch
from ..launch import empty, launch
from ..losses.logits import losses_of, slopes_of
from ..losses.probabilities import stretched, wrong_target_size
from ..losses.reduction import BLOCK, flops_to_reduce, reduce, scale_of
from ..matrices.channels import or_empty, scaled
from ..saved import watch
from ..tensor import Tensor


def definition(
    x: Tensor, target: Tensor, weight: Tensor | None, pos_weight: Tensor | None,
    scale: float | None,
) -> Tensor:  # fmt: skip
    # What is little is added to nothing that cancels, but for infinities of both signs at the end.
    positive = target if pos_weight is None else target * pos_weight
    both = 1.0 if pos_weight is None else 1.0 - target + positive
    rest = both * where(x < 0, x, -x).exp().log1p()
    at_the_end = ((1.0 - target) * x - both * x).detach()
    linear = where(x < 0, -positive, 1.0 - target) * x
    losses = linear + rest + where(x > -math.inf, 0.0, at_the_end)
    losses = losses if weight is None else losses * weight
    return losses if scale is None else losses.sum() * scale


@kernel(writes=("out",), shares="x", flops=lambda x: 50 * x.size + flops_to_reduce(x.size) - 1)
def forward(
    x: Flat, target: Flat, weight: Flat, pos_weight: Flat, scale: ScalarOfFloat64, out: Flat
) -> int:
    return reduce(losses_of, (x, target, weight, pos_weight), x.size, 1, scale, out)


@kernel(writes=("grad_x",), flops=lambda x: 31 * x.size, elementwise=True, costly=True)
def backward(
    grad: Flat, x: Flat, target: Flat, weight: Flat, pos_weight: Flat, scale: ScalarOfFloat64,
    grad_x: Flat,
) -> None:  # fmt: skip
    memory = scratch(1.0)
    for first in range(0, x.size, BLOCK):
        last = min(first + BLOCK, x.size)
        out, of_each = grad_x[first:last], weight[first:last]
        positive, slopes = memory[: out.size], memory[BLOCK:][: out.size]
        slopes_of(first, slopes, x, target, pos_weight, positive)
        for k in range(out.size):
            slope = scaled(slopes[k], of_each, k)
            out[k] = slope * grad[first + k] if scale == 0 else slope * (grad[0] * scale)


def compute(
    x: Array, target: Array, weight: Array | None, pos_weight: Array | None, scale: float | None
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape if scale is None else (), x.dtype)
    weights = or_empty(weight, x), or_empty(pos_weight, x)
    launch(forward, x, target, *weights, scale or 0.0, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], scale: float | None
) -> tuple[Array | None, ...]:
    x, target, *weights = saved
    grad_x = empty(x.shape, x.dtype)
    given = [or_empty(each, x) for each in weights]
    launch(backward, grad, x, target, *given, scale or 0.0, grad_x)
    return grad_x, None, None, None


NAME, OPERANDS = "BinaryCrossEntropyWithLogits", ["x", "target", "weight", "pos_weight"]
fused = Fused(
    NAME, definition, compute, gradient, OPERANDS, OPERANDS, follows=["target"], again=["weight"]
)


def binary_cross_entropy_with_logits(
    x: Tensor, target: Tensor, weight: Tensor | None = None, pos_weight: Tensor | None = None,
    reduction: str = "mean",
) -> Tensor:  # fmt: skip
    """The cross entropy between the sigmoid of logits and targets of the same shape.

    Parameters
    ----------
    x, target : Tensor of one floating-point dtype; the targets are usually in [0, 1]
    weight, pos_weight : Tensor that broadcasts to x's shape, or None: of all, of positive targets
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> binary_cross_entropy_with_logits(torch.tensor([0.0, 0.0]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """
    if x.array.shape != target.array.shape:
        raise wrong_target_size(x, target)
    pos_weight = None if pos_weight is None else stretched(pos_weight, x)
    weight = None if weight is None else stretched(weight, x)
    scale = scale_of(reduction, x.array.size)
    if any(each is not None and each._requires_grad for each in (target, weight, pos_weight)):
        # The kernel has gradients of x alone.
        return watch(definition(x, target, weight, pos_weight, scale), x, target)
    return fused(x, target, weight, pos_weight, scale)
