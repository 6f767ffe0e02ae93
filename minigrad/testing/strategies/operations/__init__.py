"""The operations that random programs consist of, by theme."""

from . import (
    creation,
    elements,
    gradients,
    in_place,
    layers,
    networks,
    picking,
    randomness,
    reductions,
    shape,
)
from .operation import OPERATIONS, Operation, register

__all__ = [
    "OPERATIONS",
    "Operation",
    "creation",
    "elements",
    "gradients",
    "in_place",
    "layers",
    "networks",
    "picking",
    "randomness",
    "reductions",
    "register",
    "shape",
]
