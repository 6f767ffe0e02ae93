"""Faults: means and variances held constant, taken from elsewhere, or with the wrong count."""

from __future__ import annotations

from typing import Any

import minigrad as torch

from .case import WrongGradient, sample

Tensor = torch.Tensor


def variance(x: Tensor, dim: int = 0, correction: int = 0) -> Tensor:
    centred = x - x.mean(dim, keepdim=True)
    return (centred * centred).sum(dim, keepdim=True) / (x.shape[dim] - correction)


def normalised(x: Tensor, eps: float = 1e-5, dim: int = 0) -> Tensor:
    return (x - x.mean(dim, keepdim=True)) / (variance(x, dim) + eps).sqrt()


def pulled(grad: Tensor, x: Tensor, inverse: Tensor, dim: int = 0) -> Tensor:
    """The gradient of a normalisation, if `inverse` is one over the deviation."""
    y = (x - x.mean(dim, keepdim=True)) * inverse
    centred = grad - grad.mean(dim, keepdim=True)
    return inverse * (centred - y * (grad * y).mean(dim, keepdim=True))


def inverse(x: Tensor, eps: float = 1e-5, dim: int = 0, correction: int = 0) -> Tensor:
    return 1 / (variance(x, dim, correction) + eps).sqrt()


def batch() -> list[Tensor]:
    return [sample(4, 3)]


def weighted() -> list[Tensor]:
    return [sample(4, 3), sample(3, seed=1)]


EARLIER = sample(4, 3, seed=9).detach()
MEAN, VARIANCE = torch.tensor([0.1, 0.2, 0.3]).double(), torch.tensor([1.0, 2.0, 3.0]).double()


def inferred(x: Tensor) -> Tensor:
    return (x - MEAN) / VARIANCE.sqrt()


def scaled(x: Tensor, weight: Tensor) -> Tensor:
    return normalised(x) * weight


def _case(fault: str, gradient: Any, **settings: Any) -> WrongGradient:
    return WrongGradient(
        f"batch_norm: {fault}", "batch_norm", normalised, gradient, batch, **settings
    )


CASES = [
    _case("mean and variance held constant", lambda grad, x: grad * inverse(x)),
    _case("the variance held constant", lambda grad, x: inverse(x) * (grad - grad.mean(0))),
    _case(
        "the mean held constant",
        lambda grad, x: pulled(grad, x, inverse(x)) + inverse(x) * grad.mean(0),
    ),
    _case("the unbiased variance", lambda grad, x: pulled(grad, x, inverse(x, correction=1))),
    _case(
        "eps left out",
        lambda grad, x, eps: pulled(grad, x, inverse(x, 0.0)),
        attributes={"eps": 0.1},
    ),
    _case(
        "an eps of 1e-5 left out of a variance of 1",
        lambda grad, x: pulled(grad, x, inverse(x, 0.0)),
    ),
    _case(
        "eps outside the root",
        lambda grad, x, eps: pulled(grad, x, 1 / (variance(x).sqrt() + eps)),
        attributes={"eps": 0.1},
    ),
    _case("statistics of an earlier batch", lambda grad, x: pulled(grad, x, inverse(EARLIER))),
    _case(
        "statistics along the other dimension",
        lambda grad, x: pulled(grad, x, inverse(x, dim=1), 1),
    ),
    WrongGradient(
        "batch_norm: the weight left out of the input's gradient",
        "batch_norm",
        scaled,
        lambda grad, x, weight: (pulled(grad, x, inverse(x)), (grad * normalised(x)).sum(0)),
        weighted,
    ),
    WrongGradient(
        "batch_norm: the weight's gradient from inputs that are not normalised",
        "batch_norm",
        scaled,
        lambda grad, x, weight: (pulled(grad * weight, x, inverse(x)), (grad * x).sum(0)),
        weighted,
    ),
    WrongGradient(
        "batch_norm_inference: the gradient of training",
        "batch_norm_inference",
        inferred,
        lambda grad, x: pulled(grad, x, 1 / VARIANCE.sqrt()),
        batch,
    ),
    WrongGradient(
        "var: divided by n where the variance is unbiased",
        "var",
        lambda x: torch.var(x, 0),
        lambda grad, x: grad * 2 * (x - x.mean(0)) / 4,
        batch,
    ),
    WrongGradient(
        "std: not divided by itself",
        "std",
        lambda x: torch.std(x, 0),
        lambda grad, x: grad * (x - x.mean(0)) / 3,
        batch,
    ),
    WrongGradient(
        "softmax: the diagonal alone",
        "softmax",
        lambda x: torch.softmax(x, 1),
        lambda grad, x: grad * x.softmax(1) * (1 - x.softmax(1)),
        batch,
    ),
    WrongGradient(
        "log_softmax: the cotangent is not summed",
        "log_softmax",
        lambda x: torch.log_softmax(x, 1),
        lambda grad, x: grad - x.softmax(1),
        batch,
    ),
    WrongGradient(
        "logsumexp: the same share for each",
        "logsumexp",
        lambda x: torch.logsumexp(x, 1),
        lambda grad, x: grad[:, None].expand(x.shape) / x.shape[1],
        batch,
    ),
]
