"""The fused operations, one file each: definition, kernels, gradient."""

from .batch_norm import batch_norm
from .batch_norm_inference import batch_norm_inference
from .binary_cross_entropy import binary_cross_entropy
from .binary_cross_entropy_with_logits import binary_cross_entropy_with_logits
from .cross_entropy import cross_entropy
from .cross_entropy_of_probabilities import cross_entropy_of_probabilities
from .dropout import dropout
from .elu import elu
from .gelu import gelu
from .huber_loss import huber_loss
from .l1_loss import l1_loss
from .layer_norm import layer_norm
from .leaky_relu import leaky_relu
from .linear import linear
from .log_softmax import log_softmax
from .mse_loss import mse_loss
from .nll_loss import nll_loss
from .relu import relu
from .selu import selu
from .sigmoid import sigmoid
from .silu import silu
from .smooth_l1_loss import smooth_l1_loss
from .softmax import softmax
from .softplus import softplus
from .tanh import tanh

__all__ = [
    "batch_norm",
    "batch_norm_inference",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "cross_entropy_of_probabilities",
    "dropout",
    "elu",
    "gelu",
    "huber_loss",
    "l1_loss",
    "layer_norm",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "nll_loss",
    "relu",
    "selu",
    "sigmoid",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softplus",
    "tanh",
]
