"""Where scripts import activations from: `torch.nn.modules.activation`."""

from ..activation import GELU, LogSoftmax, Sigmoid, SiLU, Softmax, Tanh
from ..rectifier import ELU, SELU, LeakyReLU, ReLU, Softplus

__all__ = [
    "ELU",
    "GELU",
    "SELU",
    "LeakyReLU",
    "LogSoftmax",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
]
