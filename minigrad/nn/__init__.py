"""Modules, and the functions and initialisations that they use."""

from . import functional, init
from .activation import ELU, ReLU, Sigmoid
from .batchnorm import BatchNorm1d
from .container import Sequential
from .linear import Linear
from .loss import BCELoss, MSELoss
from .module import Module
from .parameter import Buffer, Parameter

__all__ = [
    "ELU",
    "BCELoss",
    "BatchNorm1d",
    "Buffer",
    "Linear",
    "MSELoss",
    "Module",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "functional",
    "init",
]
