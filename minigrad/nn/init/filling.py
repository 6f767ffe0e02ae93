"""How is a tensor filled with a constant, or with numbers of a distribution?"""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np

from minigrad.functions import rewriting
from minigrad.functions.arguments import real
from minigrad.grad_mode import no_grad
from minigrad.launch import launch
from minigrad.random import Generator
from minigrad.random.default import chosen
from minigrad.tensor import Array, Tensor


def zeros_(tensor: Tensor) -> Tensor:
    """Fill with 0.

    Examples
    --------
    >>> from minigrad import nn
    >>> nn.init.zeros_(nn.Linear(9, 2).bias)
    Parameter containing:
    tensor([0., 0.], requires_grad=True)
    """
    with no_grad():
        return tensor.zero_()


def ones_(tensor: Tensor) -> Tensor:
    """Fill with 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.init.ones_(torch.empty(2))
    tensor([1., 1.])
    """
    return constant_(tensor, 1.0)


def constant_(tensor: Tensor, val: float) -> Tensor:
    """Fill with one value.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.init.constant_(torch.empty(2), 0.25)
    tensor([0.2500, 0.2500])
    """
    with no_grad():
        return tensor.fill_(val)


def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw every value uniformly from [a, b).

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> _ = torch.manual_seed(0)
    >>> nn.init.uniform_(torch.empty(3), -1.0, 1.0)
    tensor([-0.0075,  0.5364, -0.8230])
    """
    with no_grad():
        return tensor.uniform_(a, b, generator=generator)


def normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw every value from the normal distribution.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> _ = torch.manual_seed(0)
    >>> nn.init.normal_(torch.empty(3), std=0.01)
    tensor([ 0.0154, -0.0029, -0.0218])
    """
    with no_grad():
        return tensor.normal_(mean, std, generator=generator)


def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Draw every value from the normal distribution, and again until it lies in [a, b].

    The numbers are PyTorch's up to rounding, as those of `normal_` are.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> bool((abs(nn.init.trunc_normal_(torch.empty(3, 5), a=-1.0, b=1.0)) <= 1).numpy().all())
    True
    """
    mean, std, a, b = (
        real(value, "trunc_normal_", name, position)
        for position, (name, value) in enumerate(
            {"mean": mean, "std": std, "a": a, "b": b}.items(), 2
        )
    )
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            "The distribution of values may be incorrect.",
            stacklevel=2,
        )
    inside = _below((b - mean) / std) - _below((a - mean) / std)
    draw = _redraw_outside if inside > 0.3 else _accept_by_density
    with no_grad():
        rewriting.check(tensor)
    launch(draw, chosen(generator, "trunc_normal_"), mean, std, a, b, tensor.array)
    tensor._bump_version()
    return tensor


def _below(x: float) -> float:
    """The probability that a standard normal number is below x."""
    return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0


def _redraw_outside(
    generator: Any, mean: float, std: float, a: float, b: float, out: Array
) -> None:
    """Normal numbers, those outside drawn again: for wide intervals."""
    low, high = out.dtype.type(a), out.dtype.type(b)
    generator.normal(out, mean, std)
    while (outside := (out < low) | (out > high)).any():
        drawn = np.empty_like(out)
        generator.normal(drawn, mean, std)
        out[outside] = drawn[outside]


def _accept_by_density(
    generator: Any, mean: float, std: float, a: float, b: float, out: Array
) -> None:
    """Uniform numbers, each accepted with its density relative to the largest: for narrow ones."""
    one = out.dtype.type
    peak = one(-0.5 * ((max(a, min(mean, b)) - mean) / std) ** 2)
    pending: Any = ...
    while pending is ... or pending.any():
        drawn, chances = np.empty_like(out), np.empty_like(out)
        generator.uniform(drawn, a, b)
        generator.uniform(chances, 0.0, 1.0)
        out[pending] = drawn[pending]
        log_density = ((drawn - one(mean)) / one(std)) ** 2 * one(-0.5) - peak
        with np.errstate(divide="ignore"):
            refused = np.log(chances) > log_density
        pending = refused if pending is ... else pending & refused
