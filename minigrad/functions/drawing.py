"""Random numbers written into a tensor: the bits that PyTorch draws from the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays, random
from ..grad_mode import mode
from ..launch import empty, launch
from ..layouts import contiguous_format
from ..primitives.copies import overwrite
from ..random.arguments import expect_floating
from ..random.default import chosen
from ..random.launched import draw_by_chance, draw_normal, draw_uniform
from ..random.weighted import draw_weighted
from ..tensor import Array, Tensor, tensor_of
from .arguments import real, require_int, require_tensor
from .arithmetic import refusing_a_gradient
from .dimensions import require_bool
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
    drawn = tensor_of(arrays.full(input.array.shape, input.array.dtype, 0))
    bernoulli_(drawn, real(p, "bernoulli", "p", 2), generator)
    if not (mode.grad_enabled and input.requires_grad):
        return drawn
    return refusing_a_gradient(overwrite(input, drawn), "bernoulli")


def multinomial(
    input: Tensor, num_samples: int, replacement: bool = False, *, generator: Any = None
) -> Tensor:
    """Indices drawn with the probabilities that a row of weights gives, for each row.

    Weights need not add up to 1. Without `replacement` no index comes twice, and those of weight 0
    come last.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.multinomial(torch.tensor([[0.0, 1.0, 0.0], [2.0, 0.0, 0.0]]), 1)
    tensor([[1],
            [0]])
    """
    require_tensor(input, "multinomial")
    count = require_int(num_samples, "multinomial", "num_samples", 2)
    require_bool(replacement, "multinomial", "replacement")
    generator = chosen(generator, "multinomial")
    weights = input.array
    if weights.dtype.kind != "f":
        raise RuntimeError(
            "multinomial only supports floating-point dtypes for input, got: "
            f"{input.dtype.scalar_type}"
        )
    if count <= 0:
        raise RuntimeError(f"cannot sample n_sample <= 0 samples, but got {count}")
    if weights.ndim not in (1, 2):
        raise RuntimeError(f"prob_dist must be 1 or 2 dim, but got {weights.ndim}")
    drawn = empty((*weights.shape[:-1], count), np.dtype(np.int64))
    launch(_draw_weighted, generator, weights, replacement, drawn)
    return tensor_of(drawn)


def _draw_integers(generator: random.Generator, bounds: tuple[int, ...], out: Array) -> None:
    generator.random(out, *((0, *bounds) if len(bounds) == 1 else bounds))


def _draw_by_chances(generator: random.Generator, p: Array, out: Array) -> None:
    """1 where a fraction, drawn in the dtype of the chances, is below the chance, else 0."""
    if not ((p >= 0) & (p <= 1)).all():
        raise RuntimeError("bernoulli expects all elements of p to be in [0, 1]")
    fractions = np.empty_like(out, p.dtype)
    generator.uniform(fractions)
    out[...] = fractions < p


def _draw_weighted(
    generator: random.Generator, weights: Array, replacement: bool, out: Array
) -> None:
    out[...] = draw_weighted(generator, weights, out.shape[-1], replacement)
