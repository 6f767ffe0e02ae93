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

FAR = 40.0  # where nothing is left of a normal or logistic probability
TWICE = 2 * math.sqrt(2 / math.pi)
CUBIC = 0.044715


def gelu(x: Tensor, approximate: str = "none") -> Tensor:
    """x times a probability; float32 in float64."""
    wide = x.double()
    near = wide.clamp(-FAR, FAR)
    if approximate == "tanh":
        probability = sigmoid(TWICE * (near + CUBIC * near * near * near))
    else:
        probability = 0.5 * torch.erfc(-math.sqrt(0.5) * near)
    return (wide * probability).to(x.dtype)


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
    logits, there = x.double(), target.double()
    positive = there if pos_weight is None else there * pos_weight
    losses = positive * softplus(-logits) + (1 - there) * softplus(logits)
    losses = losses if weight is None else losses * weight
    losses = losses if reduction == "none" else getattr(losses, reduction)()
    return losses.to(torch.promote_types(x.dtype, target.dtype))


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
