"""The fused operations, one file each: definition, kernels, gradient."""

from .batch_norm import batch_norm
from .batch_norm_inference import batch_norm_inference
from .binary_cross_entropy import binary_cross_entropy
from .elu import elu
from .linear import linear
from .mse_loss import mse_loss
from .relu import relu
from .sigmoid import sigmoid

__all__ = [
    "batch_norm",
    "batch_norm_inference",
    "binary_cross_entropy",
    "elu",
    "linear",
    "mse_loss",
    "relu",
    "sigmoid",
]
