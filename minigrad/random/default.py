"""Which generator is drawn from where none is given, and how is its stream brought back?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..tensor import Tensor
from .generator import Generator

default_generator = Generator()
default_generator.seed()


def chosen(generator: Any, function: str) -> Generator:
    """The generator that a function was given, or the default one for None."""
    if generator is None:
        return default_generator
    if not isinstance(generator, Generator):
        raise TypeError(
            f"{function}(): argument 'generator' must be minigrad.Generator, "
            f"not {type(generator).__name__}"
        )
    return generator


def manual_seed(seed: int) -> Generator:
    """Start the default generator again from `seed`; return the generator.

    >>> import minigrad as torch
    >>> torch.manual_seed(0).initial_seed()
    0
    """
    return default_generator.manual_seed(int(seed))


def seed() -> int:
    """Start the default generator from a seed that nobody can foresee; return the seed.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.seed() == torch.initial_seed()
    True
    """
    return default_generator.seed()


def initial_seed() -> int:
    """The seed that the default generator was started from.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(7), torch.rand(3)
    >>> torch.initial_seed()  # drawing does not change it
    7
    """
    return default_generator.initial_seed()


def get_rng_state() -> Tensor:
    """Where the default generator is in its stream, to be saved and brought back.

    Examples
    --------
    >>> import minigrad as torch
    >>> state = torch.get_rng_state()
    >>> x = torch.rand(3)
    >>> torch.set_rng_state(state)
    >>> torch.equal(torch.rand(3), x)
    True
    """
    return default_generator.get_state()


def set_rng_state(new_state: Tensor) -> None:
    """Let the default generator go on from what `get_rng_state` gave.

    Examples
    --------
    >>> import minigrad as torch
    >>> state = torch.manual_seed(0).get_state()
    >>> x = torch.rand(3)
    >>> torch.set_rng_state(state)
    >>> x.equal(torch.rand(3))
    True
    """
    default_generator.set_state(new_state)


@contextmanager
def fork_rng(devices: Any = None, enabled: bool = True) -> Iterator[None]:
    """Leave the default generator where it was before the context, whatever is drawn inside.

    Parameters
    ----------
    devices : accepted; there is only the CPU
    enabled : bool
        Whether anything is done.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> with torch.random.fork_rng():
    ...     inside = torch.rand(2)
    >>> torch.equal(torch.rand(2), inside)
    True
    """
    state = get_rng_state() if enabled else None
    try:
        yield
    finally:
        if state is not None:
            set_rng_state(state)
