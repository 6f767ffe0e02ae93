"""Modules, and the functions and initialisations that they use."""

from typing import TYPE_CHECKING, Any

from .. import missing
from . import functional, init, modules, utils
from .activation import GELU, LogSoftmax, Sigmoid, SiLU, Softmax, Tanh
from .batchnorm import BatchNorm1d
from .classification_loss import BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, NLLLoss
from .container import ModuleList, Sequential
from .dropout import Dropout
from .flatten import Flatten, Unflatten
from .linear import Identity, Linear
from .loss import HuberLoss, L1Loss, MSELoss, SmoothL1Loss
from .module import Module
from .module_dict import ModuleDict
from .parameter import Buffer, Parameter
from .parameter_container import ParameterDict, ParameterList
from .rectifier import ELU, SELU, LeakyReLU, ReLU, Softplus

__all__ = [
    "ELU",
    "GELU",
    "SELU",
    "BCELoss",
    "BCEWithLogitsLoss",
    "BatchNorm1d",
    "Buffer",
    "CrossEntropyLoss",
    "Dropout",
    "Flatten",
    "HuberLoss",
    "Identity",
    "L1Loss",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Module",
    "ModuleDict",
    "ModuleList",
    "NLLLoss",
    "Parameter",
    "ParameterDict",
    "ParameterList",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "SmoothL1Loss",
    "Softmax",
    "Softplus",
    "Tanh",
    "Unflatten",
    "functional",
    "init",
    "modules",
    "utils",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
