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
from .functions.comparison import where
from .functions.pointwise import absolute as abs
from .functions.pointwise import exp, log, relu, sigmoid, sqrt
from .functions.products import matmul
from .functions.reductions import mean, sum
from .functions.shape import permute, reshape, transpose
from .random import Generator, default_generator, initial_seed, manual_seed, seed
from .recording import compile
from .version import __version__

float = float32
double = float64
long = int64

__all__ = [
    "Generator",
    "Size",
    "Tensor",
    "__version__",
    "abs",
    "arange",
    "as_tensor",
    "autograd",
    "bool",
    "compile",
    "default_generator",
    "double",
    "dtype",
    "empty",
    "empty_like",
    "enable_grad",
    "exp",
    "float",
    "float32",
    "float64",
    "from_numpy",
    "full",
    "initial_seed",
    "int64",
    "is_grad_enabled",
    "log",
    "long",
    "manual_seed",
    "matmul",
    "mean",
    "nn",
    "no_grad",
    "ones",
    "ones_like",
    "optim",
    "permute",
    "rand",
    "randint",
    "randn",
    "randperm",
    "relu",
    "reshape",
    "seed",
    "set_grad_enabled",
    "sigmoid",
    "sqrt",
    "sum",
    "tensor",
    "transpose",
    "utils",
    "where",
    "zeros",
    "zeros_like",
]
