"""Which generator is drawn from where none is given?"""

from __future__ import annotations

from typing import Any

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
