"""The operations of `ops` under the names and arguments that PyTorch's functional has.

Here arguments are checked and unusual ones brought into the form that the operations take.
"""

from ..functions.activation import elu, relu, sigmoid
from ..functions.linear import linear
from ..functions.loss import binary_cross_entropy, mse_loss
from ..functions.normalization import batch_norm

__all__ = [
    "batch_norm",
    "binary_cross_entropy",
    "elu",
    "linear",
    "mse_loss",
    "relu",
    "sigmoid",
]
