"""Random numbers: those that PyTorch's CPU generator gives after the same seed, to the bit."""

from typing import TYPE_CHECKING, Any

from .. import missing
from .default import (
    default_generator,
    fork_rng,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from .generator import Generator

__all__ = [
    "Generator",
    "default_generator",
    "fork_rng",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "seed",
    "set_rng_state",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
