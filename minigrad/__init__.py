"""minigrad: a tensor engine with reverse-mode automatic differentiation, to be read.

The names, arguments and numbers are PyTorch's: `import minigrad as torch`.
"""

from .tensor import Size, Tensor  # first: what it builds on comes with it

# isort: split
from . import autograd, nn, optim, utils
from .autograd import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from .creation import (
    arange,
    as_tensor,
    empty,
    empty_like,
    from_numpy,
    full,
    ones,
    ones_like,
    rand,
    randint,
    randn,
    randperm,
    tensor,
    zeros,
    zeros_like,
)
from .dtypes import bool, dtype, float32, float64, int64
from .operations import absolute as abs
from .operations import exp, log, matmul, mean, permute, reshape, sqrt, sum, transpose, where
from .ops import relu, sigmoid
from .recording import compile
from .random import Generator, default_generator, initial_seed, manual_seed, seed

float = float32
double = float64
long = int64

__version__ = "0.1.0"

__all__ = [name for name in dir() if not name.startswith("_")]
