"""Gradients that are cut to a length, and parameters as one vector."""

from typing import TYPE_CHECKING, Any

from minigrad import missing

from .clip_grad import clip_grad_norm, clip_grad_norm_, clip_grad_value_, clip_grads_with_norm_
from .convert_parameters import parameters_to_vector, vector_to_parameters
from .total_norm import get_total_norm

__all__ = [
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "get_total_norm",
    "parameters_to_vector",
    "vector_to_parameters",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
