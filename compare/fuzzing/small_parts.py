"""What does PyTorch give where nothing small is added to 1, of which little would be left?

GELU has a factor that is small itself, where 1 is not added to minus almost 1, and its slopes stay
within the range of the dtype. Logarithms of sums are taken by log1p. Below gradients they are
computed in longdouble, and so is 1 - y², the slope of tanh, by its two factors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch import Tensor

from ..judging.judge import Array
from .wide import Wide

Function = Callable[..., Tensor]
Slopes = Callable[..., tuple[Tensor, ...]]
FAR = 40.0  # where nothing is left of a normal or logistic probability
TWICE = 2 * math.sqrt(2 / math.pi)
CUBIC = 0.044715


class BySlopes(torch.autograd.Function):
    """What a function gives, whose gradients are products with slopes that are differentiable.

    Parameters
    ----------
    function, slopes : of the tensors after them, in float64; one slope for each
    """

    @staticmethod
    def forward(ctx: Any, function: Function, slopes: Slopes, *given: Tensor) -> Tensor:
        ctx.save_for_backward(*given)
        ctx.slopes = slopes
        return function(*(each.double() for each in given)).to(_dtype_of(given))

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[override]
        given = ctx.saved_tensors
        slopes = ctx.slopes(*(each.double() for each in given))
        pairs = zip(slopes, given, strict=True)
        return None, None, *((grad * slope).to(each.dtype) for slope, each in pairs)


def _dtype_of(given: Sequence[Tensor]) -> torch.dtype:
    return torch.float64 if any(x.dtype is torch.float64 for x in given) else torch.float32


def gelu(x: Tensor, approximate: str = "none") -> Tensor:
    """x times a probability."""
    probability = _logistic if approximate == "tanh" else _normal
    product = lambda x: x * probability(x)[0]  # noqa: E731
    slope = lambda x: (probability(x)[0] + x * probability(x)[1],)  # noqa: E731
    return BySlopes.apply(product, slope, x)


def _normal(x: Tensor) -> tuple[Tensor, Tensor]:
    """The probability of less than x, and its density."""
    near = x.clamp(-FAR, FAR)
    density = (-0.5 * near * near).exp() / math.sqrt(2 * math.pi)
    return 0.5 * torch.erfc(-math.sqrt(0.5) * near), density


def _logistic(x: Tensor) -> tuple[Tensor, Tensor]:
    """What stands for that where tanh is asked for."""
    near = x.clamp(-FAR, FAR)
    bent = TWICE * (near + CUBIC * near * near * near)
    gate = sigmoid(bent)
    return gate, gate * sigmoid(-bent) * TWICE * (1 + 3 * CUBIC * near * near)


def sigmoid(x: Tensor) -> Tensor:
    """Whose slope is not a small number less than 1, either."""
    decay = torch.where(x > 0, -x, x).exp()
    return torch.where(x > 0, 1 / (1 + decay), decay / (1 + decay))


def softplus(x: Tensor) -> Tensor:
    """log(1 + exp(x))."""
    return x.clamp(min=0) + torch.where(x > 0, -x, x).exp().log1p()


def binary_cross_entropy_with_logits(
    x: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """The loss of what is there, times how much of it, and the loss of what is not."""
    factor = 1.0 if pos_weight is None else pos_weight

    def losses_of(x: Tensor, target: Tensor) -> Tensor:
        return factor * target * softplus(-x) + (1 - target) * softplus(x)

    def slopes_of(x: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        by_target = -x if pos_weight is None else factor * softplus(-x) - softplus(x)
        return (1 - target) * sigmoid(x) - factor * target * sigmoid(-x), by_target

    losses = BySlopes.apply(losses_of, slopes_of, x, target)
    losses = losses if weight is None else losses * weight
    return losses if reduction == "none" else getattr(losses, reduction)()


def _log_softmax(x: Array, dim: int, half_to_float: bool) -> Array:
    if not x.ndim or not x.size:
        return np.asarray(x - x)
    largest, rest = _exponentials(x, dim)
    return np.asarray(x - largest - np.log1p(rest))


def _logsumexp(x: Array, dim: Sequence[int], keepdim: bool = False) -> Array:
    if not x.ndim:
        return x
    along = tuple(each % x.ndim for each in dim) or tuple(range(x.ndim))
    others = [each for each in range(x.ndim) if each not in along]
    sides = [x.shape[each] for each in others]
    flat = x.transpose(*others, *along).reshape(*sides, math.prod(x.shape[a] for a in along))
    if not flat.shape[-1]:
        found = np.full((*sides, 1), -np.inf, x.dtype)
    else:
        largest, rest = _exponentials(flat, -1)
        usual = largest + np.log1p(rest)
        found = np.where(np.isinf(largest), largest, usual)
    kept = [1 if each in along else x.shape[each] for each in range(x.ndim)]
    return found.reshape(kept if keepdim else sides)


def _exponentials(x: Array, dim: int) -> tuple[Array, Array]:
    """The largest numbers, and what all other exponentials add up to, as parts of theirs."""
    place = np.expand_dims(x.argmax(dim), dim)
    largest = np.take_along_axis(x, place, dim)
    powers = np.exp(x - largest)
    np.put_along_axis(powers, place, np.where(np.isfinite(largest), 0, np.nan), dim)
    return largest, powers.sum(dim, keepdims=True)


def _slope_of_log_softmax(grad: Array, out: Array, dim: int, dtype: Any) -> Array:
    if not out.ndim or not out.size:
        return np.asarray(grad - grad)
    total = grad.sum(dim, keepdims=True)
    few = grad - np.exp(out) * total
    many = (grad - total) - np.expm1(out) * total
    return np.where(out > -0.5, many, few)


def _slope_of_tanh(grad: Array, out: Array) -> Array:
    return grad * ((1 - out) * (1 + out))


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "_log_softmax": _log_softmax,
    "_log_softmax_backward_data": _slope_of_log_softmax,
    "logsumexp": _logsumexp,
    "tanh_backward": _slope_of_tanh,
}


@contextmanager
def with_small_parts() -> Iterator[None]:
    """Give PyTorch these instead of its own, for as long as this lasts."""
    with ExitStack() as changes:
        for function in (gelu, binary_cross_entropy_with_logits):
            changes.enter_context(
                mock.patch.object(torch.nn.functional, function.__name__, function)
            )
        changes.enter_context(np.errstate(all="ignore"))
        changes.enter_context(Wide(FUNCTIONS))
        yield


@contextmanager
def sizes_of_slopes() -> Iterator[None]:
    """Have slopes of tanh be what is added up in them, without signs."""
    with Wide({"tanh_backward": lambda grad, out: grad * (1 + out * out)}):
        yield
