"""The operations that random programs consist of, by theme."""

from . import (
    elements,
    factories,
    gradients,
    in_place,
    layers,
    networks,
    optimisers,
    picking,
    randomness,
    reductions,
    shape,
)
from .operation import OPERATIONS, Operation, register

__all__ = [
    "OPERATIONS",
    "Operation",
    "elements",
    "factories",
    "gradients",
    "in_place",
    "layers",
    "networks",
    "optimisers",
    "picking",
    "randomness",
    "reductions",
    "register",
    "shape",
]
