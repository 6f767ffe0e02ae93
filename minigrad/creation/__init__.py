"""New tensors: from data, constant, in sequence, random."""

from .constants import empty, empty_like, eye, full, full_like, ones, ones_like, zeros, zeros_like
from .data import as_tensor, from_numpy, tensor
from .drawing import rand, rand_like, randint, randint_like, randn, randn_like, randperm
from .normal import normal
from .sequences import arange, linspace

__all__ = [
    "arange",
    "as_tensor",
    "empty",
    "empty_like",
    "eye",
    "from_numpy",
    "full",
    "full_like",
    "linspace",
    "normal",
    "ones",
    "ones_like",
    "rand",
    "rand_like",
    "randint",
    "randint_like",
    "randn",
    "randn_like",
    "randperm",
    "tensor",
    "zeros",
    "zeros_like",
]
