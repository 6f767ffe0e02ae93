"""Automatic differentiation; start reading in `walk`: how gradients go back through the graph.

`accumulate` is what happens to a gradient that arrives at a leaf, `function` an operation that a
user differentiates, `functional` Jacobians and the like, `anomaly_mode` the search for the first
value that is not finite.
"""

from typing import TYPE_CHECKING, Any

from .. import missing
from ..grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from .anomaly_mode import (
    detect_anomaly as detect_anomaly,
    is_anomaly_check_nan_enabled as is_anomaly_check_nan_enabled,
    is_anomaly_enabled as is_anomaly_enabled,
    set_detect_anomaly as set_detect_anomaly,
)
from .graph import backward, grad
from .node import Edge, Node, edge_to

# isort: split
from . import function, functional, variable
from .function import Function
from .gradcheck import gradcheck, gradgradcheck
from .variable import Variable

__all__ = [
    "Edge",
    "Function",
    "Node",
    "Variable",
    "backward",
    "detect_anomaly",
    "edge_to",
    "enable_grad",
    "function",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
    "variable",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
