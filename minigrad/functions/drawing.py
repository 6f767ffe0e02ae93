"""Random numbers written into a tensor: the bits that PyTorch draws from the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays, random
from ..grad_mode import mode
from ..launch import launch
from ..layouts import contiguous_format
from ..primitives.copies import overwrite
from ..random.arguments import expect_floating
from ..random.default import chosen
from ..random.launched import draw_by_chance, draw_normal, draw_uniform
from ..tensor import Array, Tensor
from .arguments import real
from .arithmetic import refusing_a_gradient
from .expansion import expand
from .inplace import replaced
from .rewriting import check
from .sizes import NOT_GIVEN, integer


def uniform_(
    target: Tensor, given: tuple[Any, ...], named: dict[str, Any], generator: Any
) -> Tensor:
    """Fill with numbers drawn uniformly from [from, to), by default [0, 1)."""
    bounds = {"from": 0.0, "to": 1.0} | _bounds("uniform_", ("from", "to"), given, named)
    low, high = (real(bounds[name], "uniform_", name, at) for at, name in enumerate(bounds, 1))
    check(target)
    draw_uniform(chosen(generator, "uniform_"), low, high, target.array)
    return replaced(target, "UniformBackward0")


def _bounds(
    function: str, names: tuple[str, ...], given: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any]:
    """The bounds by name: one is called `from`, which cannot name a parameter in Python."""
    if len(given) > len(names):
        raise TypeError(
            f"{function}() takes from 0 to 2 positional arguments but {len(given)} were given"
        )
    found = dict(zip(names, given, strict=False))
    for name, value in named.items():
        if name not in ("from", "to"):
            raise TypeError(f"{function}() got an unexpected keyword argument '{name}'")
        if name in found:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
        found[name] = value
    return found


def normal_(target: Tensor, mean: float, std: float, generator: Any) -> Tensor:
    """Fill with numbers drawn from a normal distribution."""
    mean, std = real(mean, "normal_", "mean", 1), real(std, "normal_", "std", 2)
    check(target)
    draw_normal(chosen(generator, "normal_"), mean, std, target.array)
    return replaced(target, "NormalBackward0")


def random_(
    target: Tensor, given: tuple[Any, ...], named: dict[str, Any], generator: Any
) -> Tensor:
    """Fill with integers: all that the dtype holds, below one bound, or between two."""
    lone = len(given) == 1 and not named
    found = _bounds("random_", ("to",) if lone else ("from", "to"), given, named)
    if len(found) == 1 and found.get("to") is None:
        raise TypeError("random_() takes () or (int to) or (int from, int to); 'to' may be None")
    bounds = tuple(
        None if name == "to" and found[name] is None else integer(found[name], name, "random_")
        for name in ("from", "to")
        if name in found
    )
    check(target)
    launch(_draw_integers, chosen(generator, "random_"), bounds, target.array)
    return replaced(target, f"RandomBackward{2 - len(bounds)}")


def bernoulli_(
    target: Tensor, p: Any, generator: Any, named: str = "BernoulliBackward1"
) -> Tensor:
    """Fill with ones, each with probability p, and zeros; p is a number or a tensor of them."""
    followed = isinstance(p, Tensor) and p.requires_grad
    generator = chosen(generator, "bernoulli_")
    check(target, followed)
    if isinstance(p, Tensor):
        if not target.array.size:  # then nothing is asked of the chances
            return replaced(target, named)
        chances = expand(p, target.array.shape)
        expect_floating(chances.array, "bernoulli_tensor_cpu_p_")
        launch(_draw_by_chances, generator, chances.array, target.array)
        return replaced(target, named, chances if followed else None)
    p = real(p, "bernoulli_", "p", 1, "float or Tensor")
    if not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p:g}")
    draw_by_chance(generator, p, target.array)
    return replaced(target, "BernoulliBackward2")


def bernoulli(input: Tensor, p: float = NOT_GIVEN, *, generator: Any = None) -> Tensor:
    """Ones and zeros like `input`, whose elements are the probabilities unless `p` is given.

    >>> import minigrad as torch
    >>> torch.bernoulli(torch.tensor([0.0, 1.0]))
    tensor([0., 1.])
    """
    if not isinstance(input, Tensor):
        raise TypeError(
            "bernoulli(): argument 'input' (position 1) must be Tensor, "
            f"not {type(input).__name__}"
        )
    if p is NOT_GIVEN:
        if input.array.size:
            expect_floating(input.array, "bernoulli_tensor_cpu_p_")
        # A gradient finds its way to the probabilities, as zeros.
        drawn = input.clone(memory_format=contiguous_format)
        return bernoulli_(drawn, input, generator, "BernoulliBackward0")
    drawn = Tensor(arrays.full(input.array.shape, input.array.dtype, 0))
    bernoulli_(drawn, real(p, "bernoulli", "p", 2), generator)
    if not (mode.grad_enabled and input.requires_grad):
        return drawn
    return refusing_a_gradient(overwrite(input, drawn), "bernoulli")


def _draw_integers(generator: random.Generator, bounds: tuple[int, ...], out: Array) -> None:
    generator.random(out, *((0, *bounds) if len(bounds) == 1 else bounds))


def _draw_by_chances(generator: random.Generator, p: Array, out: Array) -> None:
    """1 where a fraction, drawn in the dtype of the chances, is below the chance, else 0."""
    if not ((p >= 0) & (p <= 1)).all():
        raise RuntimeError("bernoulli expects all elements of p to be in [0, 1]")
    fractions = np.empty_like(out, p.dtype)
    generator.uniform(fractions)
    out[...] = fractions < p
