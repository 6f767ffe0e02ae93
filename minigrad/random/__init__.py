"""Random numbers: those that PyTorch's CPU generator gives after the same seed, to the bit."""

from .default import default_generator, initial_seed, manual_seed, seed
from .generator import Generator

__all__ = ["Generator", "default_generator", "initial_seed", "manual_seed", "seed"]
