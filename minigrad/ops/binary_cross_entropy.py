"""Binary cross entropy: -(target · log p + (1 - target) · log(1 - p)), for probabilities p.

At p = 0 and p = 1 a logarithm is infinite. PyTorch's conventions, which are ours: logarithms are
clamped at -100, and in the gradient, (p - target) / (p · (1 - p)), the denominator is clamped at
1e-12. Where it is, the definition goes on as the parabola that has this gradient.
"""

from __future__ import annotations

import numpy as np

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, Flat, ScalarOfFloat64, kernel
from ..kernels.wide import log, log_of_complement
from ..launch import empty, launch
from ..losses import probabilities
from ..losses.probabilities import OUTSIDE, outside, stretched
from ..losses.reduction import flops_to_reduce, reduce, scale_of
from ..matrices.channels import or_empty, scaled
from ..saved import watch
from ..tensor import Tensor

CLAMPED = 1e-12


def definition(p: Tensor, target: Tensor, weight: Tensor | None, scale: float | None) -> Tensor:
    launch(probabilities.check_probabilities, p.array, target.array)
    inside = p * (1.0 - p) >= CLAMPED
    safe = where(inside, p, 0.5)
    losses = -(target * safe.log() + (1.0 - target) * (-safe).log1p())
    logs = p.detach().log(), (-p.detach()).log1p()
    log_p, log_q = [each.clamp(min=-100.0) for each in logs]
    clamped = -(target * log_p + (1.0 - target) * log_q)
    moved = p - p.detach()  # 0, but with the gradient of p: the parabola's value is 0 as well
    parabola = moved * (moved / 2.0 + (p.detach() - target)) / CLAMPED
    losses = where(inside, losses, clamped + parabola)
    losses = losses if weight is None else losses * weight
    return losses if scale is None else losses.sum() * scale


@exactly  # type: ignore[untyped-decorator]
def losses_of(first: int, losses: Array, p: Array, target: Array, weight: Array) -> int:
    last = first + losses.size
    some, wanted, of_each = p[first:last], target[first:last], weight[first:last]
    status = outside(some, wanted)
    if status:
        return status
    for k in range(some.size):  # apart from their sum, so that vectors do it
        probability = np.float64(some[k])
        log_p = max(log(probability, some[k]), -100.0)
        log_q = max(log_of_complement(probability, some[k]), -100.0)
        loss = -(wanted[k] * log_p + (1.0 - wanted[k]) * log_q)
        losses[k] = scaled(loss, of_each, k)
    return 0


@kernel(writes=("out",), shares="p", errors=OUTSIDE,
        flops=lambda p: 50 * p.size + flops_to_reduce(p.size))  # fmt: skip
def forward(p: Flat, target: Flat, weight: Flat, scale: ScalarOfFloat64, out: Flat) -> int:
    return reduce(losses_of, (p, target, weight), p.size, 1, scale, out)


@kernel(writes=("grad_p",), flops=lambda p: 7 * p.size, elementwise=True)
def backward(
    grad: Flat, p: Flat, target: Flat, weight: Flat, scale: ScalarOfFloat64, grad_p: Flat
) -> None:
    for i in range(p.size):
        probability = np.float64(p[i])
        denominator = max(probability * (1 - probability), CLAMPED)
        slope = scaled((probability - target[i]) / denominator, weight, i)
        grad_p[i] = slope * grad[i] if scale == 0 else slope * (grad[0] * scale)


def compute(
    p: Array, target: Array, weight: Array | None, scale: float | None
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(p.shape if scale is None else (), p.dtype)
    launch(forward, p, target, or_empty(weight, p), scale or 0.0, out)
    return out, ()


def gradient(
    needs: list[bool], grad: Array, saved: list[Array], scale: float | None
) -> tuple[Array | None, ...]:
    p, target, weight = saved
    grad_p = empty(p.shape, p.dtype)
    launch(backward, grad, p, target, or_empty(weight, p), scale or 0.0, grad_p)
    return grad_p, None, None


NAME, OPERANDS = "BinaryCrossEntropy", ["p", "target", "weight"]
fused = Fused(NAME, definition, compute, gradient, OPERANDS, OPERANDS, follows=["p"])


def binary_cross_entropy(
    p: Tensor, target: Tensor, weight: Tensor | None = None, reduction: str = "mean"
) -> Tensor:
    """The cross entropy between probabilities and targets of one shape, all in [0, 1].

    Parameters
    ----------
    p, target : Tensor
    weight : Tensor that broadcasts to p's shape, or None
    reduction : "none", "mean" or "sum"

    >>> import minigrad as torch
    >>> binary_cross_entropy(torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """
    if p.array.shape != target.array.shape:
        raise probabilities.different_sizes(p, target)
    weight = None if weight is None else stretched(weight, p)
    scale = scale_of(reduction, p.array.size)
    if target._requires_grad or (weight is not None and weight._requires_grad):
        # The kernel has no gradients of these.
        return watch(definition(p, target, weight, scale), p, target)
    return fused(p, target, weight, scale)
