"""The operations that random programs consist of, by theme."""

from . import elements, in_place, networks, picking, reductions, shape
from .operation import OPERATIONS, Operation, register

__all__ = [
    "OPERATIONS",
    "Operation",
    "elements",
    "in_place",
    "networks",
    "picking",
    "reductions",
    "register",
    "shape",
]
