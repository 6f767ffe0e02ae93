"""Binary cross entropy: -(target · log p + (1 - target) · log(1 - p)), for probabilities p.

At p = 0 and p = 1 a logarithm is infinite. PyTorch's conventions, which are ours: logarithms are
clamped at -100, and in the gradient, (p - target) / (p · (1 - p)), the denominator is clamped at
1e-12. Where it is, the definition goes on as the parabola that has this gradient.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .. import operations
from ..elementary import add_compensated
from ..fused import Fused
from ..kernel import Array, Flat, Scalar, ScalarOfFloat64, kernel
from ..launch import empty, launch
from ..tensor import Tensor

CLAMPED = 1e-12
OUTSIDE = {
    1: RuntimeError("all elements of input should be between 0 and 1"),
    2: RuntimeError("all elements of target should be between 0 and 1"),
}


def definition(
    p: Tensor, target: Tensor, weight: Tensor | None, scale: float, each: bool
) -> Tensor:
    launch(check_probabilities, p.array, target.array)
    inside = p * (1.0 - p) >= CLAMPED
    safe = operations.where(inside, p, 0.5)
    losses = -(target * safe.log() + (1.0 - target) * (1.0 - safe).log())
    edge = p.detach()
    logarithms = [
        operations.where(log < -100.0, -100.0, log) for log in (edge.log(), (1.0 - edge).log())
    ]
    clamped = -(target * logarithms[0] + (1.0 - target) * logarithms[1])
    distance = p - target.detach()
    parabola = distance * distance / (2.0 * CLAMPED)
    losses = operations.where(inside, losses, clamped + (parabola - parabola.detach()))
    losses = losses if weight is None else losses * weight
    return losses if each else losses.sum() * scale


def check_probabilities(p: Array, target: Array) -> None:
    for status, values in ((1, p), (2, target)):
        if not ((values >= 0) & (values <= 1)).all():
            raise type(OUTSIDE[status])(*OUTSIDE[status].args)


@kernel(writes=("out",), errors=OUTSIDE)
def forward(
    p: Flat, target: Flat, weight: Flat, scale: ScalarOfFloat64, each: Scalar, out: Flat
) -> int:
    total = correction = 0.0
    for i in range(p.size):
        if not 0 <= p[i] <= 1:
            return 1
        if not 0 <= target[i] <= 1:
            return 2
        probability, wanted = np.float64(p[i]), np.float64(target[i])
        log_p = max(math.log(probability), -100.0) if probability > 0 else -100.0
        log_q = max(math.log1p(-probability), -100.0) if probability < 1 else -100.0
        loss = -(wanted * log_p + (1 - wanted) * log_q)
        if weight.size:
            loss *= weight[i]
        if each != 0:
            out[i] = loss
        else:
            total, correction = add_compensated(total, correction, loss)
    if each == 0:
        out[0] = (total + correction) * scale
    return 0


@kernel(writes=("grad_p",))
def backward(
    grad: Flat,
    p: Flat,
    target: Flat,
    weight: Flat,
    scale: ScalarOfFloat64,
    each: Scalar,
    grad_p: Flat,
) -> None:
    for i in range(p.size):
        probability = np.float64(p[i])
        denominator = max(probability * (1 - probability), CLAMPED)
        slope = (probability - target[i]) / denominator
        if weight.size:
            slope *= weight[i]
        grad_p[i] = slope * grad[i] if each != 0 else slope * (grad[0] * scale)


def compute(
    p: Array, target: Array, weight: Array | None, scale: float, each: bool
) -> tuple[Array, tuple[Array, ...]]:
    out = empty(p.shape if each else (), p.dtype)
    factors = empty((0,), p.dtype) if weight is None else weight
    launch(forward, p, target, factors, scale, float(each), out)
    return out, ()


def gradient(
    needs: Sequence[bool], grad: Array, saved: Sequence[Array], scale: float, each: bool
) -> tuple[Array | None, ...]:
    p, target, weight = saved
    grad_p = empty(p.shape, p.dtype)
    factors = empty((0,), p.dtype) if weight is None else weight
    launch(backward, grad, p, target, factors, scale, float(each), grad_p)
    return grad_p, None, None


fused = Fused(
    "BinaryCrossEntropy",
    definition,
    compute,
    gradient,
    tensors=["p", "target", "weight"],
    saves=["p", "target", "weight"],
)


def binary_cross_entropy(
    p: Tensor, target: Tensor, weight: Tensor | None = None, reduction: str = "mean"
) -> Tensor:
    """The cross entropy between probabilities and targets of one shape.

    Parameters
    ----------
    p : Tensor of any shape, values in [0, 1]
    target : Tensor of p's shape
    weight : Tensor that broadcasts to p's shape, or None
    reduction : "none", "mean" or "sum"

    Raises
    ------
    RuntimeError : an element of p or target is outside [0, 1], or NaN
    ValueError : p and target have different shapes

    >>> import minigrad as torch
    >>> binary_cross_entropy(torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0]))
    tensor(0.6931)
    """
    if p.array.shape != target.array.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({p.shape}) is deprecated. Please ensure they have the same size."
        )
    each = reduction == "none"
    scale = 1.0
    if reduction == "mean":
        scale = 1.0 / p.array.size if p.array.size else math.nan
    if weight is not None:
        weight = weight.expand(*p.shape)
    constants = (target, weight)
    if any(other is not None and other._requires_grad for other in constants):
        return definition(p, target, weight, scale, each)
    return fused(p, target, weight, scale, each)
