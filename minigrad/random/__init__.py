"""Random numbers: those that PyTorch's CPU generator gives after the same seed, to the bit."""

from typing import TYPE_CHECKING, Any

from .. import missing
from .default import default_generator, initial_seed, manual_seed, seed
from .generator import Generator

__all__ = ["Generator", "default_generator", "initial_seed", "manual_seed", "seed"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
