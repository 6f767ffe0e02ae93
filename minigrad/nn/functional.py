"""The operations of `ops` under the names and arguments that PyTorch's functional has.

Here arguments are checked and unusual ones brought into the form that the operations take.
"""

from typing import TYPE_CHECKING, Any

from .. import missing
from ..functions.activation import (
    elu,
    elu_,
    gelu,
    leaky_relu,
    leaky_relu_,
    relu,
    relu_,
    selu,
    selu_,
    sigmoid,
    silu,
    softplus,
    tanh,
)
from ..functions.classification_loss import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    nll_loss,
)
from ..functions.directions import cosine_similarity, normalize
from ..functions.divergence import kl_div
from ..functions.dropout import dropout
from ..functions.linear import linear
from ..functions.loss import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from ..functions.normalization import batch_norm, layer_norm
from ..functions.one_hot import one_hot
from ..functions.softmax_activation import log_softmax, softmax
from ..numpy_names import add_numpys_names
from ..out_argument import taking_out

__all__ = [
    "batch_norm",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cosine_similarity",
    "cross_entropy",
    "dropout",
    "elu",
    "elu_",
    "gelu",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "layer_norm",
    "leaky_relu",
    "leaky_relu_",
    "linear",
    "log_softmax",
    "mse_loss",
    "nll_loss",
    "normalize",
    "one_hot",
    "relu",
    "relu_",
    "selu",
    "selu_",
    "sigmoid",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softplus",
    "tanh",
]
add_numpys_names(
    [
        "cosine_similarity",
        "elu_",
        "gelu",
        "leaky_relu_",
        "linear",
        "one_hot",
        "relu_",
        "selu_",
        "softplus",
    ],
    globals(),
    __name__,
    taking_out,
)
normalize = taking_out(normalize)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
