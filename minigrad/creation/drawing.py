"""New tensors of random numbers: the bits that PyTorch draws from the same seed.

Options are those of `constants`; `generator` is the stream to draw from, if not the default one.
"""

from __future__ import annotations

from typing import Any, Unpack

from .. import dtypes, random
from ..launch import empty as empty_array
from ..launch import launch
from ..tensor import Array, Tensor
from .arguments import NOT_GIVEN, Options, checked_sizes, is_integer
from .arguments import sizes as sizes_of
from .arguments import wanted as checked
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
    made = _unfilled("rand", sizes_of("rand", sizes, size), options, dtypes.get_default_dtype())
    return _asking(made.uniform_(generator=generator), options)


def randn(
    *sizes: Any,
    size: Any = NOT_GIVEN,
    generator: Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Numbers drawn from the standard normal distribution, within 1 ulp of PyTorch's."""
    made = _unfilled("randn", sizes_of("randn", sizes, size), options, dtypes.get_default_dtype())
    return _asking(made.normal_(generator=generator), options)


def randint(*bounds: Any, generator: Generator | None = None, **named: Any) -> Tensor:
    """Integers drawn from low, ..., high - 1: `randint(high, size)`, `randint(low, high, size)`.

    `low`, `high` and `size` may also be given by name; the options are those of `zeros`.
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
    made = _unfilled("randint", shape, named, dtypes.int64)
    return _asking(made.random_(low, high, generator=generator), named)


def _meant(bounds: tuple[Any, ...], given: dict[str, Any]) -> list[str]:
    """The names of arguments given by position: `low` may be left out in front."""
    if len(bounds) > 2 or (bounds and "high" in given):
        return ["low", "high", "size"]
    if len(bounds) == 2 and not isinstance(bounds[1], (tuple, list)):
        return ["low", "high"]
    return ["high", "size"]


def _limit(function: str, name: str, value: Any) -> int:
    if not is_integer(value) and not isinstance(value, bool):
        raise TypeError(f"{function}(): argument '{name}' must be int, not {type(value).__name__}")
    return int(value)


def randperm(n: int, *, generator: Generator | None = None, **options: Unpack[Options]) -> Tensor:
    """The integers below n in random order."""
    wanted = checked("randperm", options)
    dtype = wanted.dtype or dtypes.int64
    if not is_integer(n):
        raise TypeError(
            f"randperm(): argument 'n' (position 1) must be int, not {type(n).__name__}"
        )
    if dtype is dtypes.bool:
        raise NotImplementedError("\"randperm\" not implemented for 'Bool'")
    out = empty_array(checked_sizes((int(n),)), dtype.numpy)
    launch(_permute, generator or random.default_generator, out)
    return wanted.finished(out)


def _permute(generator: Generator, out: Array) -> None:
    out[...] = generator.permutation(len(out))


def rand_like(
    input: Tensor, *, generator: Generator | None = None, **options: Unpack[Options]
) -> Tensor:
    """Uniform numbers in a tensor of another one's shape and dtype."""
    return _asking(
        _unfilled_like("rand_like", input, options).uniform_(generator=generator), options
    )


def randn_like(
    input: Tensor, *, generator: Generator | None = None, **options: Unpack[Options]
) -> Tensor:
    """Normal numbers in a tensor of another one's shape and dtype."""
    return _asking(
        _unfilled_like("randn_like", input, options).normal_(generator=generator), options
    )


def randint_like(
    input: Tensor,
    low: Any = NOT_GIVEN,
    high: Any = NOT_GIVEN,
    *,
    generator: Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Integers from low (0 if there is only one bound) below high, in a tensor like another."""
    if high is NOT_GIVEN:
        low, high = 0, low
    if high is NOT_GIVEN:
        raise TypeError("randint_like() is missing the argument 'high'")
    made = _unfilled_like("randint_like", input, options)
    first = _limit("randint_like", "low", 0 if low is NOT_GIVEN else low)
    last = _limit("randint_like", "high", high)
    return _asking(made.random_(first, last, generator=generator), options)


def _unfilled(
    function: str, shape: tuple[int, ...], options: Any, default: dtypes.dtype
) -> Tensor:
    dtype = checked(function, options).dtype or default
    return Tensor(empty_array(shape, dtype.numpy))


def _unfilled_like(function: str, source: Tensor, options: Any) -> Tensor:
    made = like(function, source, options, None)
    made._requires_grad = False  # only once it is filled
    return made


def _asking(made: Tensor, options: Any) -> Tensor:
    """The tensor, asking for a gradient if the options say so."""
    return made.requires_grad_() if options.get("requires_grad") else made
