"""New tensors of random numbers: the bits that PyTorch draws from the same seed.

Options are those of `constants`; `generator` is the stream to draw from, if not the default one.
"""

from __future__ import annotations

from typing import Any, Unpack

from .. import dtypes, random
from ..functions.arguments import by_name
from ..functions.filling import filling
from ..functions.sizes import NOT_GIVEN, is_size, require_int64
from ..launch import empty as empty_array, launch
from ..random.default import chosen
from ..random.launched import draw_normal, draw_uniform
from ..tensor import Array, Tensor
from .arguments import (
    Options,
    Wanted,
    checked_sizes,
    sizes as sizes_of,
    wanted as checked,
)
from .constants import like

Generator = random.Generator


def rand(
    *sizes: Any,
    size: Any = NOT_GIVEN,
    generator: Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Numbers drawn uniformly from [0, 1).

    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.rand(3)
    tensor([0.4963, 0.7682, 0.0885])
    """
    wanted = checked("rand", options)
    out = _unfilled(sizes_of("rand", sizes, size), wanted, dtypes.get_default_dtype())
    draw_uniform(chosen(generator, "rand"), 0.0, 1.0, out)
    return wanted.finished(out)


def randn(
    *sizes: Any,
    size: Any = NOT_GIVEN,
    generator: Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Numbers drawn from the standard normal distribution, within 1 ulp of PyTorch's.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.randn(3, generator=torch.Generator().manual_seed(0))
    tensor([ 1.5410, -0.2934, -2.1788])
    """
    wanted = checked("randn", options)
    out = _unfilled(sizes_of("randn", sizes, size), wanted, dtypes.get_default_dtype())
    draw_normal(chosen(generator, "randn"), 0.0, 1.0, out)
    return wanted.finished(out)


def randint(*bounds: Any, generator: Generator | None = None, **named: Any) -> Tensor:
    """Integers drawn from low, ..., high - 1: `randint(high, size)`, `randint(low, high, size)`.

    `low`, `high` and `size` may also be given by name; the options are those of `zeros`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.randint(10, (4,), generator=torch.Generator().manual_seed(0))
    tensor([4, 9, 3, 0])
    """
    given: dict[str, Any] = {
        name: named.pop(name) for name in ("low", "high", "size") if name in named
    }
    names = _meant(bounds, given)
    if len(bounds) > len(names) or not given.keys().isdisjoint(names[: len(bounds)]):
        raise TypeError(
            "randint() takes (high, size) or (low, high, size), got "
            f"{len(bounds)} positional arguments and {sorted(given)}"
        )
    given |= dict(zip(names, bounds, strict=False))
    for name in ("high", "size"):
        if name not in given:
            raise TypeError(f"randint() is missing the argument '{name}'")
    size, position = given["size"], names.index("size") + 1 if "size" in names else 3
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            f"randint(): argument 'size' (position {position}) must be tuple of ints, "
            f"not {type(size).__name__}"
        )
    low, high = (
        _limit("randint", "low", given.get("low", 0)),
        _limit("randint", "high", given["high"]),
    )
    shape = sizes_of("randint", (size,), NOT_GIVEN, position)
    wanted = checked("randint", named)
    out = _unfilled(shape, wanted, dtypes.int64)
    launch(_draw_integers, chosen(generator, "randint"), low, high, out)
    return wanted.finished(out)


def _meant(bounds: tuple[Any, ...], given: dict[str, Any]) -> list[str]:
    """The names of arguments given by position: `low` may be left out in front."""
    if len(bounds) > 2 or (bounds and not given.keys().isdisjoint(("low", "high"))):
        return ["low", "high", "size"]
    if len(bounds) == 2 and not isinstance(bounds[1], (tuple, list)):
        return ["low", "high"]
    return ["high", "size"]


def _limit(function: str, name: str, value: Any) -> int:
    if not is_size(value):
        raise TypeError(f"{function}(): argument '{name}' must be int, not {type(value).__name__}")
    return int(value)


def _draw_integers(generator: Generator, low: int, high: int, out: Array) -> None:
    generator.random(out, low, high)


def randperm(n: int, *, generator: Generator | None = None, **options: Unpack[Options]) -> Tensor:
    """The integers below n in random order.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.randperm(5)
    tensor([4, 0, 1, 3, 2])
    """
    wanted = checked("randperm", options)
    dtype = wanted.dtype or dtypes.int64
    if not is_size(n):
        raise TypeError(
            f"randperm(): argument 'n' (position 1) must be int, not {type(n).__name__}"
        )
    if dtype is dtypes.bool:
        raise NotImplementedError("\"randperm\" not implemented for 'Bool'")
    out = empty_array(checked_sizes((require_int64(int(n)),)), dtype.numpy)
    if dtype in dtypes.SMALL_INTEGERS:
        filling(len(out) - 1, dtype, "n")
    launch(_permute, chosen(generator, "randperm"), out)
    return wanted.finished(out)


def _permute(generator: Generator, out: Array) -> None:
    out[...] = generator.permutation(len(out))


def rand_like(
    input: Tensor, *, generator: Generator | None = None, **options: Unpack[Options]
) -> Tensor:
    """Uniform numbers in a tensor of another one's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.rand_like(torch.zeros(2, dtype=torch.float64))
    tensor([0.9701, 0.7078], dtype=minigrad.float64)
    """
    wanted, made = _unfilled_like("rand_like", input, options)
    return wanted.finished(made.uniform_(generator=generator).array)


def randn_like(
    input: Tensor, *, generator: Generator | None = None, **options: Unpack[Options]
) -> Tensor:
    """Normal numbers in a tensor of another one's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.randn_like(torch.zeros(2))
    tensor([ 1.5410, -0.2934])
    """
    wanted, made = _unfilled_like("randn_like", input, options)
    return wanted.finished(made.normal_(generator=generator).array)


def randint_like(
    input: Tensor,
    *given: Any,
    low: Any = NOT_GIVEN,
    high: Any = NOT_GIVEN,
    generator: Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Integers from low (0 if there is only one bound) below high, in a tensor like another.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.randint_like(torch.zeros(4), 2, 5)
    tensor([4., 2., 4., 2.])
    """
    alone = len(given) == 1 and low is NOT_GIVEN and high is NOT_GIVEN
    names = ("high",) if alone else ("low", "high")
    bounds = by_name(given, names, {"low": low, "high": high}, "randint_like")
    if "high" not in bounds:
        raise TypeError("randint_like() is missing the argument 'high'")
    if isinstance(bounds["high"], Tensor) and "low" not in bounds:
        bounds["high"] = _number(bounds["high"])
    wanted, made = _unfilled_like("randint_like", input, options)
    first = _limit("randint_like", "low", bounds.get("low", 0))
    last = _limit("randint_like", "high", bounds["high"])
    return wanted.finished(made.random_(first, last, generator=generator).array)


def _number(high: Tensor) -> int:
    """A bound that is a tensor of a number, of any dtype."""
    if high.array.ndim:
        raise RuntimeError(f"high must be a scalar tensor and on CPU, got {high.array.ndim} dims")
    return int(high.item())


def _unfilled(shape: tuple[int, ...], wanted: Wanted, default: dtypes.dtype) -> Array:
    """Memory for a tensor, which will ask for a gradient only once it is filled."""
    return empty_array(shape, (wanted.dtype or default).numpy)


def _unfilled_like(function: str, source: Tensor, options: Any) -> tuple[Wanted, Tensor]:
    wanted = checked(function, options)
    no_gradient: Any = {**options, "requires_grad": False}  # only once it is filled
    return wanted, like(function, source, no_gradient, None)
