"""Hypothesis strategies: tensors, networks, batches and whole programs, at all their edges.

Hypothesis is needed here and nowhere else: `import minigrad` does not import it.
"""

from ...tensor import tensor_of
from ..layouts import LAYOUTS, WRITABLE, laid_out, layout_of
from .batches import LOSSES, Batch, batches
from .dtypes import dtypes
from .modules import ACTIVATIONS, Network, modules
from .operations import OPERATIONS, Operation, register
from .programs import programs
from .shapes import broadcastable_shapes, shapes
from .tensors import contiguous_tensors, cotangents, tensors
from .values import VALUES, near, numbers

__all__ = [
    "ACTIVATIONS",
    "LAYOUTS",
    "LOSSES",
    "OPERATIONS",
    "VALUES",
    "WRITABLE",
    "Batch",
    "Network",
    "Operation",
    "batches",
    "broadcastable_shapes",
    "contiguous_tensors",
    "cotangents",
    "dtypes",
    "laid_out",
    "layout_of",
    "modules",
    "near",
    "numbers",
    "programs",
    "register",
    "shapes",
    "tensor_of",
    "tensors",
]
