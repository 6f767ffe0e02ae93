"""Faults: right for one value of an attribute, as a rule the usual one."""

from __future__ import annotations

from typing import Any

import minigrad as torch

from .case import WrongGradient, leaf, sample

Tensor = torch.Tensor
functional = torch.nn.functional

MASK = torch.tensor([True, False, True])
TARGET = torch.tensor([0, 2, 1])
IGNORING = torch.tensor([0, -100, 1])
WEIGHT = torch.tensor([1.0, 2.0, 3.0]).double()


def three() -> list[Tensor]:
    return [leaf([-1.0, 0.5, 2.0])]


def pair() -> list[Tensor]:
    return [leaf([-1.0, 0.5, 2.0]), leaf([1.0, 0.25, -1.0])]


def logits() -> list[Tensor]:
    return [sample(3, 3)]


def plain_cross_entropy(grad: Tensor, x: Tensor, **attributes: Any) -> Tensor:
    """Of class numbers, with no smoothing, no weights and nothing ignored."""
    return grad * (x.softmax(1) - torch.eye(3, dtype=torch.float64)[TARGET]) / len(x)


def exact_gelu(grad: Tensor, x: Tensor) -> Tensor:
    at = x.detach().requires_grad_()
    with torch.enable_grad():
        return torch.autograd.grad(functional.gelu(at), at, grad)[0]


CASES = [
    WrongGradient(
        "elu: alpha left out",
        "elu",
        functional.elu,
        lambda grad, x, alpha: torch.where(x > 0, grad, grad * x.exp()),
        three,
        {"alpha": 0.5},
    ),
    WrongGradient(
        "elu: the sign is taken from the result, with an alpha below 0",
        "elu",
        functional.elu,
        lambda grad, x, alpha: torch.where(
            functional.elu(x, alpha) > 0, grad, grad * (functional.elu(x, alpha) + alpha)
        ),
        three,
        {"alpha": -0.5},
    ),
    WrongGradient(
        "leaky_relu: the usual slope",
        "leaky_relu",
        functional.leaky_relu,
        lambda grad, x, negative_slope: torch.where(x > 0, grad, 0.01 * grad),
        three,
        {"negative_slope": 0.2},
    ),
    WrongGradient(
        "leaky_relu: the sign is taken from the result, with a slope below 0",
        "leaky_relu",
        functional.leaky_relu,
        lambda grad, x, negative_slope: torch.where(
            functional.leaky_relu(x, negative_slope) > 0, grad, negative_slope * grad
        ),
        three,
        {"negative_slope": -0.2},
    ),
    WrongGradient(
        "power: the gradient of a square",
        "pow",
        torch.pow,
        lambda grad, x, exponent: grad * 2 * x,
        three,
        {"exponent": 3},
    ),
    WrongGradient(
        "softplus: beta left out",
        "softplus",
        functional.softplus,
        lambda grad, x, beta: grad * x.sigmoid(),
        three,
        {"beta": 2.0},
    ),
    WrongGradient(
        "softplus: no threshold",
        "softplus",
        functional.softplus,
        lambda grad, x, threshold: grad * x.sigmoid(),
        three,
        {"threshold": 1.0},
    ),
    WrongGradient(
        "gelu: of the exact form for the approximation",
        "gelu",
        functional.gelu,
        lambda grad, x, approximate: exact_gelu(grad, x),
        three,
        {"approximate": "tanh"},
    ),
    WrongGradient(
        "mse_loss: the mean's as the sum's",
        "mse_loss",
        functional.mse_loss,
        lambda grad, x, y, reduction: (grad * 2 * (x - y), grad * 2 * (y - x)),
        pair,
        {"reduction": "mean"},
    ),
    WrongGradient(
        "l1_loss: the sum's as the mean's",
        "l1_loss",
        functional.l1_loss,
        lambda grad, x, y, reduction: (grad * (x - y).sign() / 3, grad * (y - x).sign() / 3),
        pair,
        {"reduction": "sum"},
    ),
    WrongGradient(
        "huber_loss: delta left out",
        "huber_loss",
        functional.huber_loss,
        lambda grad, x, y, delta: (
            grad * (x - y).clamp(-1, 1) / 3,
            grad * (y - x).clamp(-1, 1) / 3,
        ),
        pair,
        {"delta": 0.5},
    ),
    WrongGradient(
        "smooth_l1_loss: beta left out",
        "smooth_l1_loss",
        functional.smooth_l1_loss,
        lambda grad, x, y, beta: (
            grad * (x - y).clamp(-1, 1) / 3,
            grad * (y - x).clamp(-1, 1) / 3,
        ),
        pair,
        {"beta": 0.5},
    ),
    WrongGradient(
        "cross_entropy: label smoothing left out",
        "cross_entropy",
        lambda x, label_smoothing: functional.cross_entropy(
            x, TARGET, label_smoothing=label_smoothing
        ),
        plain_cross_entropy,
        logits,
        {"label_smoothing": 0.1},
    ),
    WrongGradient(
        "cross_entropy: the classes' weights left out",
        "cross_entropy",
        lambda x, weight: functional.cross_entropy(x, TARGET, weight),
        plain_cross_entropy,
        logits,
        {"weight": WEIGHT},
    ),
    WrongGradient(
        "cross_entropy: ignored rows are counted",
        "cross_entropy",
        lambda x: functional.cross_entropy(x, IGNORING),
        lambda grad, x: (
            grad
            * (x.softmax(1) - torch.eye(3).double()[[0, 0, 1]])
            * torch.tensor([[1.0], [0.0], [1.0]])
            / 3
        ),
        logits,
    ),
    WrongGradient(
        "binary_cross_entropy_with_logits: pos_weight left out",
        "binary_cross_entropy_with_logits",
        lambda x, pos_weight: functional.binary_cross_entropy_with_logits(
            x, MASK.double(), pos_weight=pos_weight
        ),
        lambda grad, x, pos_weight: grad * (x.sigmoid() - MASK.double()) / 3,
        three,
        {"pos_weight": WEIGHT},
    ),
    WrongGradient(
        "softmax: along the last dimension",
        "softmax",
        torch.softmax,
        lambda grad, x, dim: (
            x.softmax(dim) * (grad - (grad * x.softmax(dim)).sum(-1, keepdim=True))
        ),
        logits,
        {"dim": 0},
    ),
    WrongGradient(
        "clamp: the upper bound left out",
        "clamp",
        torch.clamp,
        lambda grad, x, min, max: grad * (x >= min),
        three,
        {"min": -2.0, "max": 1.0},
    ),
    WrongGradient(
        "dropout: what is kept is not scaled",
        "dropout",
        lambda x, p: x * MASK / (1 - p),
        lambda grad, x, p: grad * MASK,
        three,
        {"p": 0.5},
    ),
    WrongGradient(
        "add: alpha left out",
        "add",
        torch.add,
        lambda grad, a, b, alpha: (grad, grad),
        pair,
        {"alpha": 2},
    ),
    WrongGradient(
        "cumsum: along the other dimension",
        "cumsum",
        torch.cumsum,
        lambda grad, x, dim: grad.flip(1).cumsum(1).flip(1),
        logits,
        {"dim": 0},
    ),
]
